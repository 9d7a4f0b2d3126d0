"""The employer's corner: what a personal assistant costs, what to put by, what the law asks.

It works nothing out for a payslip: payroll is done by a payroll service or with HMRC's own tools.
"""
