"""For every field of the market section: why it is asked, and one good example. For forms.py."""

from django.utils.translation import gettext_lazy as _

ANALYSIS = {
    "scope": (
        _("Readers must know which market you mean before any figure makes sense. Say what is in "
          "and what is out."),
        _("Software that answers customers' questions in text for shops and banks; call centres "
          "staffed by people are out."),
    ),
    "geography": (
        _("Laws, prices and rivals differ by region. Tick only where you will sell in the years of "
          "this plan."),
        _("Mainland China; Southeast Asia from the third year"),
    ),
    "global_trends": (
        _("Large models are a world market: what happens abroad reaches you within months."),
        _("Prices per token fall by more than half a year; buyers pay for finished work, no longer "
          "for access to a model."),
    ),
    "home_trends": (
        _("Your first customers, your regulator and your strongest rivals are at home."),
        _("Platforms give basic chat robots away; shops now ask for cases closed, not for replies "
          "sent."),
    ),
    "top_down": (
        _("A total built from single accounts is easily wrong by ten times. A figure from a report "
          "shows such errors. It stands beside the total, which is never changed by it."),
        _("6,000,000,000 a year, for the same scope and regions as your segments"),
    ),
    "top_down_method": (
        _("A figure without its path cannot be checked."),
        _("Spending on customer-service software in China by the industry report of 2026, times "
          "the share of retail and finance."),
    ),
}  # fmt: skip

FORCE = {
    "statement": (
        _("One force of the market in one or two sentences, as a fact that somebody could deny."),
        _("Banks may not send conversations to a model outside their own data centre."),
    ),
    "kind": (
        _("The same fact may help or hurt. Decide which it is for you."),
        _("Opportunity: rivals can only offer a cloud service"),
    ),
    "driver": (
        _("Shows whether you lean on one cause only, such as policy."),
        _("Policy"),
    ),
    "horizon": (
        _("What is felt now goes into this year's work, the rest is watched."),
        _("Within a year"),
    ),
    "effect": (
        _("1: hardly noticeable, 5: decides whether the company lives."),
        _("4: it opens the whole banking segment"),
    ),
}

FACTOR = {
    "name": (
        _("What makes a segment worth having, or us strong in it."),
        _("Data access"),
    ),
    "axis": (
        _("Attractiveness is true for everybody in the market; strength is true for you only."),
        _("Our strength"),
    ),
    "weight": (
        _("How much the factor counts. The weights of each axis must sum to 100."),
        _("25 for data access"),
    ),
    "meaning": (
        _("Without marks on the scale two founders give two ratings for the same thing."),
        _("1: no usable records; 5: more than a million answered cases that we may train on"),
    ),
}

SEGMENT = {
    "name": (
        _("A name that the whole team uses, so that every section means the same customers."),
        _("Online shops with 20 to 200 service agents"),
    ),
    "industry": (
        _("The first cut of the market. Industries differ in rules, money and language."),
        _("Retail"),
    ),
    "scenario": (
        _("The second cut: what the model does there. It decides on data and technology."),
        _("Natural language"),
    ),
    "buyer": (
        _("Companies weigh performance, stability and safety; single users weigh ease and price."),
        _("Enterprise"),
    ),
    "firmographic": (
        _("Traits that you can look up before the first call, so that a list of accounts can be "
          "made."),
        _("Sales of 50 to 500 million a year, own service team, at least two sales platforms"),
    ),
    "geographic": (
        _("Where to be present, and whose rules apply."),
        _("Hangzhou, Guangzhou and Shenzhen, where two thirds of them have their offices"),
    ),
    "behavioural": (
        _("How they work and buy today shows when they are ready."),
        _("They hire temporary agents before each sales festival and try new tools in spring."),
    ),
    "pain": (
        _("1: an annoyance, 5: it costs them money every day and they look for help."),
        _("5: one visitor in six leaves without an answer during a festival"),
    ),
    "budget_holder": (
        _("A person who likes the product but cannot pay is not yet a customer."),
        _("Head of e-commerce operations"),
    ),
    "procurement_months": (
        _("Sets when money can arrive at the earliest, and how long you must last until then."),
        _("2 for an online shop, 9 for a bank"),
    ),
    "regulatory": (
        _("A limit found after the pilot costs a year. Name the rule and what it asks for."),
        _("The Personal Information Protection Law: consent, storage in the country, deletion on "
          "request"),
    ),
    "interviews": (
        _("Conversations with people of this segment about their problem; each is worth more than "
          "a report."),
        _("34, of which 21 with the person who pays"),
    ),
    "letters": (
        _("A signed intention, even without obligation, tells interest from courtesy."),
        _("9, each with a number of agents in it"),
    ),
    "pilots": (
        _("Organisations that use the product on real work, paid or not."),
        _("4, two of them paid"),
    ),
    "paying": (
        _("Organisations that pay today. The only proof that nobody argues with."),
        _("2, both on yearly contracts"),
    ),
    "accounts": (
        _("How many buyers like this exist. Count them from a list if you can."),
        _("42,000 shops in the platforms' public rankings"),
    ),
    "acv": (
        _("What one account pays in a year on average, from offers that were accepted."),
        _("96,000"),
    ),
    "reachable": (
        _("The share that your channels and regions can reach at all."),
        _("55%: those on the three platforms we connect to"),
    ),
    "fit": (
        _("The share of the reachable ones whose need your product meets as it is."),
        _("60%: those that serve in Chinese and keep their product data in order"),
    ),
    "obtainable": (
        _("The share that you can win against rivals in the years of this plan. Above ten per cent "
          "needs strong evidence."),
        _("3%: about 400 customers"),
    ),
    "growth": (
        _("A shrinking market can still be large today."),
        _("18% a year, by the industry report; minus for a shrinking one"),
    ),
    "targeting": (
        _("A young company wins one segment first. Choose one primary, few secondary, and say no "
          "to the rest."),
        _("Primary: online shops"),
    ),
    "targeting_reason": (
        _("A mentor will ask. For a rejected segment the reason also says when to look again."),
        _("Rejected: approval takes longer than our money lasts; again after the next round."),
    ),
    "ratings": (
        _("1: very weak, 3: average, 5: very strong. 5 is always good for you: little rivalry, "
          "light regulation. Rate the segments that you reject as well: the comparison is the "
          "point."),
        _("Growth 4: 18% a year; rivalry 2: free robots from every platform"),
    ),
    "rating_reasons": (
        _("A rating is worth the fact behind it. Give the facts for the highest and the lowest "
          "ones, and for those that the founders disagreed about."),
        _("New shops on video platforms grew by a third last year, and every shop keeps its chats, "
          "so growth and data are high. Rivalry is low because the platforms give robots away. Our "
          "edge is consent to train on 1.4 million chats; hardly anybody knows our name yet."),
    ),
}  # fmt: skip

GROUP = {
    "name": (
        _("Within a segment, people of one role decide or use. Name the role."),
        _("Operations managers of online shops"),
    ),
    "segment": (
        _("Ties the people to the figures. The primary segment needs at least one group."),
        _("Online shops with 20 to 200 service agents"),
    ),
    "persona": (
        _("One typical person lets everybody in the team picture the same reader."),
        _("Ms Lin, 34, runs the service team of a clothing brand and is measured by reply time."),
    ),
    "jobs": (
        _("What the person must get done, whatever the tool."),
        _("Answer every visitor within a minute, also at two in the morning"),
    ),
    "pains": (
        _("What costs the person time, money or sleep today."),
        _("Half of the temporary agents leave before they know the products."),
    ),
    "gains": (
        _("What the person would show the boss with pride."),
        _("The team gets through the sales festival without temporary staff."),
    ),
    "objections": (
        _("The sentence you hear just before a no. Write your answer beside it."),
        _("“It will promise customers something wrong.” — Refunds always go to a person."),
    ),
    "performance": (
        _("0: does not matter, 5: decides. For companies: right answers, fast."),
        _("5: a wrong answer costs them a buyer"),
    ),
    "stability": (
        _("0: does not matter, 5: decides. Runs through the busiest hour."),
        _("4: an outage at festival time is not forgiven"),
    ),
    "security": (
        _("0: does not matter, 5: decides. Keeps data where they belong."),
        _("3: order data, but no account numbers"),
    ),
    "customisation": (
        _("0: does not matter, 5: decides. Fits own terms, systems and tone."),
        _("4: every shop has its own return rules"),
    ),
    "ease_of_use": (
        _("0: does not matter, 5: decides. Works without training; single users weigh it most."),
        _("4: temporary staff must use it on the first day"),
    ),
    "value_for_money": (
        _("0: does not matter, 5: decides. Pays for itself, visibly."),
        _("5: they compare with the wage of one agent"),
    ),
    "price": (
        _("0: does not matter, 5: decides. The bare sum, whatever is behind it."),
        _("2: two cents a reply more decide nothing"),
    ),
    "buying_channels": (
        _("Be where they buy already; teaching them a new way to buy is slow."),
        _("App store of a platform"),
    ),
}
