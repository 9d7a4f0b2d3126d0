"""Addresses of one person's account check."""

from django.urls import path

from wherewithal.web.checks.views import account, again, money_back

app_name = "checks"
urlpatterns = [
    path("", account.account, name="account"),
    path("look/", account.look, name="look"),
    path("how-closely/", account.tier, name="tier"),
    path("review/", account.review, name="review"),
    path("review/call/", account.call, name="call"),
    path("worry/", account.worry, name="worry"),
    path("talk/<int:pk>/", account.talk, name="talk"),
    path("money-back/", money_back.propose, name="propose"),
    path("money-back/spending/", money_back.spending, name="spending"),
    path("money-back/<int:pk>/", money_back.money_back, name="money-back"),
    path("money-back/<int:pk>/decide/", money_back.decide, name="decide"),
    path("money-back/<int:pk>/letter.pdf", money_back.letter, name="letter"),
    path("money-back/<int:pk>/told/", money_back.told, name="told"),
    path("money-back/<int:pk>/answer/", money_back.answer, name="answer"),
    path("money-back/<int:pk>/go-ahead/", money_back.go_ahead, name="go-ahead"),
    path("money-back/<int:pk>/parts/<int:part>/", money_back.repaid, name="repaid"),
    path("money-back/<int:pk>/let-go/", money_back.let_go, name="let-go"),
    path("again/", again.ask, name="ask-again"),
    path("again/<int:pk>/", again.again, name="again"),
    path("again/<int:pk>/acknowledge/", again.acknowledge, name="acknowledge"),
    path("again/<int:pk>/decide/", again.decide, name="decide-again"),
    path("again/<int:pk>/take-back/", again.withdraw, name="withdraw"),
    path("again/<int:pk>/letter.pdf", again.letter, name="again-letter"),
]
