"""What each measure of a version and of a refresh is called and means, with its source in DOMAIN; it computes none."""

from __future__ import annotations

from dataclasses import dataclass

SHARE, MONEY, CHANGE, NUMBER, QUARTERS, WORD = "share", "money", "change", "number", "quarters", "word"


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure: where its cell stands in the document of measures, its name, what it is, its unit and its source."""

    path: str
    label: str
    told: str
    unit: str
    source: str


OF_REFRESH = (
    Definition("verdict/label", "Verdict", "what kind of step the refresh was", WORD, "3.4"),
    Definition(
        "churn/weighted",
        "Money moved",
        "the larger of money added and taken by what was planned, near quarters weighing most; 1 is all of it",
        SHARE,
        "3.3",
    ),
    Definition("churn/firm", "… in the firm zone", "the same in its quarters, without weights", SHARE, "3.3"),
    Definition("churn/planned", "… in the planned zone", "the same", SHARE, "3.3"),
    Definition("churn/outline", "… in the outline zone", "the same", SHARE, "3.3"),
    Definition("churn/stability", "Stability", "1 less the money moved, never below 0", SHARE, "3.3"),
    Definition(
        "verdict/evidence_share",
        "Moved on evidence",
        "moved money whose project cites an insight or lesson of an earlier quarter",
        SHARE,
        "3.4",
    ),
    Definition(
        "counts/volatility",
        "Projects that changed",
        "those that drift in more than progress and finer dates, new ones too, by those live before",
        SHARE,
        "3.3",
    ),
    Definition(
        "value_disturbed",
        "Value disturbed",
        "outcome points, of 100, on projects that moved, left or changed scope",
        NUMBER,
        "3.3",
    ),
    Definition("slip/mean_slip", "Average finish move", "plain mean, later is positive", QUARTERS, "3.5"),
    Definition("slip/slip_rate", "Slip rate", "the average by quarters that passed", NUMBER, "3.5"),
    Definition("slip/value_weighted_net", "… by money", "weighed by cost", QUARTERS, "3.5"),
    Definition("slip/value_weighted_gross", "… without signs", "earlier counts as much", QUARTERS, "3.5"),
    Definition("cost/before", "Cost before", "of the work that was live", MONEY, "3.9"),
    Definition("cost/like_for_like", "Same work", "how its cost changed", CHANGE, "3.9"),
    Definition("cost/added", "Added", "cost of work that joined", CHANGE, "3.9"),
    Definition("cost/removed", "Removed", "cost of work that left", CHANGE, "3.9"),
    Definition("cost/after", "Cost after", "with what was finished meanwhile", MONEY, "3.9"),
    Definition("cost/growth", "Cost growth", "same work, by its cost before", SHARE, "3.9"),
)
FURTHER_OF_REFRESH = (
    Definition("finishes/quarters/later", "Finishes later", "by a quarter or more", NUMBER, "3.5"),
    Definition("finishes/quarters/earlier", "Finishes earlier", "by a quarter or more", NUMBER, "3.5"),
    Definition(
        "finishes/quarters/same", "Finishes in the same quarter", "of those known in both", NUMBER, "3.5"
    ),
    Definition(
        "finishes/quarters/median", "Middle finish move", "half moved more, half less", QUARTERS, "3.5"
    ),
    Definition("finishes/set", "Finishes set", "not known before: no slip", NUMBER, "3.5"),
    Definition("finishes/cleared", "Finishes cleared", "not known now: no slip", NUMBER, "3.5"),
    Definition("cost/up", "Same work, dearer", "where it got dearer", CHANGE, "3.9"),
    Definition("cost/down", "Same work, cheaper", "where it got cheaper", CHANGE, "3.9"),
    Definition("cost_alarms/count", "Cost alarms", "live projects grown past a limit", NUMBER, "3.9"),
    Definition("cadence/share", "Cadence", "quarters of the last four with a snapshot", SHARE, "3.4"),
    Definition("reason_mix/with_reason", "Moved with a reason", "of the moved money", SHARE, "3.18"),
    Definition(
        "justification_drift/projects",
        "Other justification",
        "projects that serve another outcome most than they did",
        NUMBER,
        "3.11",
    ),
    Definition(
        "sight_erosion/change",
        "Line of sight",
        "change of the share of money that leads to an outcome",
        SHARE,
        "3.11",
    ),
)
OF_SNAPSHOT = (
    Definition("live", "Live projects", "neither done nor cancelled", NUMBER, "3"),
    Definition("line_of_sight/total", "Money ahead", "phased from this quarter on", MONEY, "3.11"),
    Definition(
        "line_of_sight/aligned_share", "… with a line of sight", "what leads to an outcome", SHARE, "3.11"
    ),
    Definition(
        "started_finished/ratio",
        "Started against finished",
        "in progress now by delivered last year: years of work in hand",
        NUMBER,
        "3.13",
    ),
    Definition(
        "started_finished/little_cycle_time",
        "Time in progress",
        "of an item started now, at the pace of the last four quarters",
        QUARTERS,
        "3.14",
    ),
    Definition(
        "overload_team_quarters",
        "Over capacity",
        "team-quarters asked for more than they have",
        NUMBER,
        "3.12",
    ),
    Definition("brr/total", "Benefits realised", "by what was promised", SHARE, "3.16"),
    Definition("bei/bei", "Done of what was due", "by the first snapshot", SHARE, "3.7"),
    Definition("bei/hit_rate", "… in time", "by the first snapshot", SHARE, "3.7"),
)
FURTHER_OF_SNAPSHOT = (
    Definition(
        "forecast_accuracy/finish/mae",
        "Error of finishes",
        "mean of all forecasts that came due",
        QUARTERS,
        "3.8",
    ),
    Definition("forecast_accuracy/spend/wape", "Error of spend", "errors by what was spent", SHARE, "3.8"),
)
