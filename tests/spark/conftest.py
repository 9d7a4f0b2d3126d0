"""Spark is optional and slow to start. Where it is not, its tests are not: ``make test-spark``."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("pyspark") else ["test_sql_in_spark.py"]
