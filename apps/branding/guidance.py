"""Why each question of the brand section is asked, and one good example of an answer.

Used by forms.py: {field: (why, example)} for every form.
"""

from django.utils.translation import gettext_lazy as _

POSITIONING = {
    "target": (
        _("A brand that speaks to everybody is heard by nobody. The statement must aim at the "
          "segment that the market section marks as primary."),
        _("The primary segment of your market section"),
    ),
    "need": (
        _("The need is what makes these people look for something at all. Write it so that it "
          "continues “… who …”."),
        _("must answer ten times the usual questions during a sales festival"),
    ),
    "brand": (
        _("The name that customers will say and search for: product or company, one of them."),
        _("Lingda Agent"),
    ),
    "category": (
        _("People file a new product under a category they know; it decides what they compare you"
          " with. Write it with its article."),
        _("a customer-service assistant"),
    ),
    "benefit": (
        _("One result that the customer notices, rather than a feature. It continues “that …”."),
        _("resolves seven of ten enquiries without a human"),
    ),
    "alternative": (
        _("What they would do without you: often a spreadsheet, more staff, or a rule-based bot, "
          "and not a rival start-up."),
        _("keyword bots that hand every odd question to an agent"),
    ),
    "reason": (
        _("A claim without a reason is advertising. Name the fact that makes it believable."),
        _("it is trained on the shop's own conversations and cites its source in each answer"),
    ),
    "other_language": (
        _("The sentence above is put together in English and Chinese, but around your own words. "
          "Give the finished translation here if you need it in both languages."),
        _("The whole sentence, as your website in the other language would print it"),
    ),
    "parity": (
        _("What every serious offer in the category has. Without it you are not considered."),
        _("Connects to the big shop platforms; replies within two seconds; exports all data"),
    ),
    "difference": (
        _("What only you offer, that the segment wants, and that you can keep up."),
        _("Every answer names the policy or product page it rests on"),
    ),
    "proof_professional": (
        _("The brand must suit its market: companies and public bodies expect proof that you know"
          " their trade. Required if the target segment's buyer is one of them."),
        _("Two former service directors on the team; a published evaluation; named references"),
    ),
    "proof_reliable": (
        _("They also expect proof that the service keeps running. Required for the same buyers."),
        _("99.9% availability over six months, independently measured; an audit report"),
    ),
}  # fmt: skip

IDENTITY = {
    "name": (
        _("The name stands on everything else. It should be easy to say in the languages of your "
          "markets."),
        _("Lingda"),
    ),
    "name_status": (
        _("Changing a name after the launch costs more than a search before it."),
        _("Filed, after a search in the classes for software and for online services"),
    ),
    "name_note": (
        _("Office, classes and number let a reader look the mark up."),
        _("CNIPA, classes 9, 35 and 42, filed in March 2027"),
    ),
    "tagline": (
        _("One line that carries the promise where there is room for nothing else."),
        _("Answers your customers can check"),
    ),
    "values": (
        _("Values are useful if they decide something: name what you would do, and not do."),
        _("Honest about limits: the assistant says when it does not know"),
    ),
    "voice": (
        _("Everyone who writes for you, and the product itself, should sound like one person."),
        _("Calm, precise, friendly; short sentences; no superlatives, no jokes at complaints"),
    ),
    "logo": (
        _("A description is enough for a plan: idea, shape, and where it must still be legible."),
        _("Two speech bubbles that form a tick; legible at 16 pixels and in one colour"),
    ),
    "colours": (
        _("Two to four colours, so that page, product and slides match. Check that text in them "
          "is readable on white."),
        "#1f6feb, #0b2a4a, #f2b134",
    ),
}  # fmt: skip

EQUITY = {
    "block": (
        _("Keller's model builds a brand from the base up: known (salience), then what it does "
          "and stands for (performance, imagery), what people think and feel (judgements, "
          "feelings), and at last loyalty (resonance)."),
        _("Brand salience: do buyers think of us when the need arises?"),
    ),
    "current": (
        _("An honest starting point: 1 nobody would say so, 3 some customers do, 5 the market "
          "does. A new brand starts at 1 or 2."),
        _("2: three of twenty interviewed buyers had heard of us"),
    ),
    "target": (
        _("Where the block should stand at the end of the plan. Not everything can be a 5: "
          "choose."),
        "4",
    ),
    "proof": (
        _("How you know the current score, and how you will notice the target."),
        _("Unaided recall in a survey of 200 service managers: 2% today, 15% in two years"),
    ),
}  # fmt: skip

CHANNEL = {
    "name": (
        _("A name that tells this channel from another on the same route."),
        _("Autumn tour of e-commerce conferences"),
    ),
    "route": (
        _("Communication, online and offline promotion reach people at different moments; the "
          "totals show whether the budget leans on one of them."),
        _("Content marketing"),
    ),
    "segment": (
        _("A channel is good or bad only for a certain audience."),
        _("E-commerce customer service"),
    ),
    "objective": (
        _("Awareness brings no customers by itself, conversion none without awareness: name the "
          "step that this channel serves."),
        _("Consideration: trial requests from people who know us"),
    ),
    "activity": (
        _("What is done, how often, with which material."),
        _("One case study a month, two webinars a quarter, each with a live evaluation"),
    ),
    "owner": (
        _("A channel without an owner is nobody's work."),
        _("Marketing manager"),
    ),
    "start": (
        _("The budget counts from the month of this day."),
        "2027-03-01",
    ),
    "end": (
        _("The budget counts to the month of this day, that month included. A channel that goes "
          "on ends with the plan."),
        "2028-12-31",
    ),
    "budget": (
        _("Money that leaves the account in each month of the period; salaries stand in the team "
          "section. The funding plan takes it from here."),
        _("18,000 a month: two articles, one video, distribution"),
    ),
    "kpi": (
        _("One figure that shows early whether the channel works, before customers can be "
          "counted."),
        _("Qualified trial requests per month"),
    ),
    "kpi_baseline": (
        _("The figure before you start. Without it nobody can see a change."),
        "4",
    ),
    "kpi_target": (
        _("The figure at the end of the period."),
        "30",
    ),
    "kpi_actual": (
        _("The latest measurement. Leave it empty until there is one."),
        "12",
    ),
    "customers": (
        _("New paying customers over the whole period. With the budget it gives the expected cost"
          " of winning one. Write 0 where the channel wins none by itself."),
        "24",
    ),
}  # fmt: skip

TRUST = {
    "benchmark": (
        _("Buyers cannot look into a model; they trust results that others can repeat. Say which "
          "test, which result, where it is published."),
        _("1,200 anonymised service dialogues, scoring script public, compared with two open "
          "models"),
    ),
    "model_card": (
        _("Says what the model was made from and for, and where it should not be used."),
        _("One page per release: base model, data, intended use, known errors, test results"),
    ),
    "safety_page": (
        _("The security questionnaire of a company asks the same things each time. A public page "
          "shortens each sale."),
        _("Data flow, retention, red-team results, how to report an incident, reply in 24 hours"),
    ),
    "licence": (
        _("The licence of the base model and your own decide what customers may do, and what an "
          "acquirer would ask first."),
        _("Base model Apache 2.0; our weights are not handed out, except for on-site customers"),
    ),
    "certifications": (
        _("Choose those that you hold or work on; the next question says which. Banks and public "
          "bodies often exclude suppliers without them."),
        _("ISO/IEC 27001 and MLPS"),
    ),
    "certification_note": (
        _("A reader must not take a plan for a certificate: give the state and date of each."),
        _("ISO/IEC 27001: audit in June 2027. MLPS level 3: filing in preparation"),
    ),
    "filing_number": (
        _("Public generative AI services in China are filed with the authorities before they "
          "start; customers look for the number. Write “in preparation” until you have it."),
        _("In preparation, expected in August 2027"),
    ),
}  # fmt: skip
