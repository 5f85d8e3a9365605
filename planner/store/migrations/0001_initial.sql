-- The first format of the plan database. A file that was released never changes again: write the next one.
-- No foreign keys and no list columns (they forbid edits); references are checked by the planner's rules.
-- What must not change is guarded by triggers, which planner/store/guards.py puts on.

-- The `plan_uid` is the plan's and stays with it; each file, a copy too, has a `file_uid` of its own.
CREATE TABLE meta (
    "key" VARCHAR PRIMARY KEY,
    "value" VARCHAR NOT NULL
);
INSERT INTO meta VALUES ('format', '1'), ('plan_uid', CAST(uuid() AS VARCHAR)), ('file_uid', CAST(uuid() AS VARCHAR));

-- One row; it grows with each commit, and is read back after it.
CREATE TABLE commits (number BIGINT NOT NULL);
INSERT INTO commits VALUES (0);

-- Always empty: what the guards pretend to write to.
CREATE TABLE guarded (word VARCHAR);

CREATE TABLE drafts (
    version VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    number BIGINT NOT NULL,
    quarter VARCHAR NOT NULL,
    previous VARCHAR NOT NULL
);
INSERT INTO drafts VALUES ('draft', '', 0, '', '');

CREATE TABLE snapshots (
    number INTEGER PRIMARY KEY,
    label VARCHAR NOT NULL UNIQUE,
    quarter VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    sealed_on TIMESTAMP NOT NULL,
    author VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    "rows" VARCHAR NOT NULL,
    digests VARCHAR NOT NULL,
    findings VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    previous VARCHAR NOT NULL,
    chain VARCHAR NOT NULL,
    last_save BIGINT NOT NULL
);

-- One row for each save; its cells are in the journal.
CREATE TABLE saves (
    save BIGINT PRIMARY KEY,
    version VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    saved_on TIMESTAMP NOT NULL,
    reason VARCHAR NOT NULL,
    undoes BIGINT
);

-- One row for each changed cell (its field named), or row (the field empty); before and after are JSON.
CREATE TABLE journal (
    save BIGINT NOT NULL,
    place BIGINT NOT NULL,
    "table" VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    "before" VARCHAR,
    "after" VARCHAR
);

CREATE TABLE pending (
    person VARCHAR PRIMARY KEY,
    edits VARCHAR NOT NULL,
    kept_on TIMESTAMP NOT NULL
);

-- The tables of the draft and of the scenarios: `version` is 'draft' or a scenario's id.

CREATE TABLE work_settings (
    version VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    "value" VARCHAR,
    PRIMARY KEY (version, "key")
);

CREATE TABLE work_outcomes (
    version VARCHAR NOT NULL,
    "outcome_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "short_name" VARCHAR,
    "why" VARCHAR,
    "owner" VARCHAR,
    "technology_partner" VARCHAR,
    "business_unit" VARCHAR,
    "weight" BIGINT,
    "need_by" DATE,
    "status" VARCHAR,
    PRIMARY KEY (version, "outcome_id")
);

CREATE TABLE work_kpis (
    version VARCHAR NOT NULL,
    "kpi_id" VARCHAR NOT NULL,
    "outcome_id" VARCHAR,
    "name" VARCHAR,
    "unit" VARCHAR,
    "direction" VARCHAR,
    "baseline_value" DOUBLE,
    "baseline_quarter" VARCHAR,
    "target_value" DOUBLE,
    "target_quarter" VARCHAR,
    "path" VARCHAR,
    "decimals" BIGINT,
    PRIMARY KEY (version, "kpi_id")
);

CREATE TABLE work_kpi_targets (
    version VARCHAR NOT NULL,
    "kpi_id" VARCHAR NOT NULL,
    "quarter" VARCHAR NOT NULL,
    "target_value" DOUBLE,
    PRIMARY KEY (version, "kpi_id", "quarter")
);

CREATE TABLE work_capabilities (
    version VARCHAR NOT NULL,
    "capability_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "parent_id" VARCHAR,
    "code" VARCHAR,
    "business_unit" VARCHAR,
    "owner" VARCHAR,
    "importance" BIGINT,
    "maturity_current" BIGINT,
    "maturity_target" BIGINT,
    "target_quarter" VARCHAR,
    PRIMARY KEY (version, "capability_id")
);

CREATE TABLE work_enablers (
    version VARCHAR NOT NULL,
    "enabler_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "kind" VARCHAR,
    "lifecycle" VARCHAR,
    "owner_team_id" VARCHAR,
    "golive_quarter" VARCHAR,
    "retire_quarter" VARCHAR,
    "replaces" VARCHAR,
    "vendor" VARCHAR,
    "sourcing" VARCHAR,
    "run_cost_annual" BIGINT,
    PRIMARY KEY (version, "enabler_id")
);

CREATE TABLE work_projects (
    version VARCHAR NOT NULL,
    "project_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "why" VARCHAR,
    "kind" VARCHAR,
    "status" VARCHAR,
    "sponsor" VARCHAR,
    "business_unit" VARCHAR,
    "lead_team_id" VARCHAR,
    "start_date" DATE,
    "end_date" DATE,
    "date_precision" VARCHAR,
    "cost" BIGINT,
    "capex" BIGINT,
    "benefit_annual" BIGINT,
    "benefit_start_quarter" VARCHAR,
    "priority_rank" BIGINT,
    "rag" VARCHAR,
    "confidence_pct" BIGINT,
    "estimate_class" BIGINT,
    "business_value" BIGINT,
    "time_criticality" BIGINT,
    "risk_opportunity" BIGINT,
    "job_size" BIGINT,
    "success_probability" DOUBLE,
    "deliverables" VARCHAR,
    "superseded_by" VARCHAR,
    "split_from" VARCHAR,
    "funding_status" VARCHAR,
    "tags" VARCHAR,
    PRIMARY KEY (version, "project_id")
);

CREATE TABLE work_links (
    version VARCHAR NOT NULL,
    "from_type" VARCHAR NOT NULL,
    "from_id" VARCHAR NOT NULL,
    "to_type" VARCHAR NOT NULL,
    "to_id" VARCHAR NOT NULL,
    "link_type" VARCHAR NOT NULL,
    "strength" BIGINT,
    "rationale" VARCHAR,
    PRIMARY KEY (version, "from_type", "from_id", "to_type", "to_id", "link_type")
);

CREATE TABLE work_dependencies (
    version VARCHAR NOT NULL,
    "predecessor_id" VARCHAR NOT NULL,
    "successor_id" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "lag_quarters" BIGINT,
    "external_party" VARCHAR,
    "note" VARCHAR,
    PRIMARY KEY (version, "predecessor_id", "successor_id", "kind")
);

CREATE TABLE work_milestones (
    version VARCHAR NOT NULL,
    "milestone_id" VARCHAR NOT NULL,
    "project_id" VARCHAR,
    "name" VARCHAR,
    "due_date" DATE,
    "done" BOOLEAN,
    PRIMARY KEY (version, "milestone_id")
);

CREATE TABLE work_phasing (
    version VARCHAR NOT NULL,
    "project_id" VARCHAR NOT NULL,
    "quarter" VARCHAR NOT NULL,
    "team_id" VARCHAR NOT NULL,
    "person_days" BIGINT,
    "cost" BIGINT,
    "capex" BIGINT,
    PRIMARY KEY (version, "project_id", "quarter", "team_id")
);

CREATE TABLE work_teams (
    version VARCHAR NOT NULL,
    "team_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "lead" VARCHAR,
    "kind" VARCHAR,
    "sourcing" VARCHAR,
    "pd_per_fte_quarter" BIGINT,
    "day_rate" BIGINT,
    PRIMARY KEY (version, "team_id")
);

CREATE TABLE work_capacity (
    version VARCHAR NOT NULL,
    "team_id" VARCHAR NOT NULL,
    "quarter" VARCHAR NOT NULL,
    "fte" DOUBLE,
    "run_share" DOUBLE,
    "insight_reserve" DOUBLE,
    PRIMARY KEY (version, "team_id", "quarter")
);

CREATE TABLE work_attributes (
    version VARCHAR NOT NULL,
    "table" VARCHAR NOT NULL,
    "id" VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    "value" VARCHAR,
    PRIMARY KEY (version, "table", "id", "key")
);

CREATE TABLE work_reasons (
    version VARCHAR NOT NULL,
    "table" VARCHAR NOT NULL,
    "id" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "field" VARCHAR NOT NULL,
    "reason_code" VARCHAR,
    "reason_text" VARCHAR,
    "evidence_id" VARCHAR,
    "decision_id" VARCHAR,
    PRIMARY KEY (version, "table", "id", "kind", "field")
);

-- The tables of the snapshots: rows in the order of their keys, one snapshot after another.

CREATE TABLE sealed_settings (
    snapshot INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    "value" VARCHAR
);

CREATE TABLE sealed_outcomes (
    snapshot INTEGER NOT NULL,
    "outcome_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "short_name" VARCHAR,
    "why" VARCHAR,
    "owner" VARCHAR,
    "technology_partner" VARCHAR,
    "business_unit" VARCHAR,
    "weight" BIGINT,
    "need_by" DATE,
    "status" VARCHAR
);

CREATE TABLE sealed_kpis (
    snapshot INTEGER NOT NULL,
    "kpi_id" VARCHAR NOT NULL,
    "outcome_id" VARCHAR,
    "name" VARCHAR,
    "unit" VARCHAR,
    "direction" VARCHAR,
    "baseline_value" DOUBLE,
    "baseline_quarter" VARCHAR,
    "target_value" DOUBLE,
    "target_quarter" VARCHAR,
    "path" VARCHAR,
    "decimals" BIGINT
);

CREATE TABLE sealed_kpi_targets (
    snapshot INTEGER NOT NULL,
    "kpi_id" VARCHAR NOT NULL,
    "quarter" VARCHAR NOT NULL,
    "target_value" DOUBLE
);

CREATE TABLE sealed_capabilities (
    snapshot INTEGER NOT NULL,
    "capability_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "parent_id" VARCHAR,
    "code" VARCHAR,
    "business_unit" VARCHAR,
    "owner" VARCHAR,
    "importance" BIGINT,
    "maturity_current" BIGINT,
    "maturity_target" BIGINT,
    "target_quarter" VARCHAR
);

CREATE TABLE sealed_enablers (
    snapshot INTEGER NOT NULL,
    "enabler_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "kind" VARCHAR,
    "lifecycle" VARCHAR,
    "owner_team_id" VARCHAR,
    "golive_quarter" VARCHAR,
    "retire_quarter" VARCHAR,
    "replaces" VARCHAR,
    "vendor" VARCHAR,
    "sourcing" VARCHAR,
    "run_cost_annual" BIGINT
);

CREATE TABLE sealed_projects (
    snapshot INTEGER NOT NULL,
    "project_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "why" VARCHAR,
    "kind" VARCHAR,
    "status" VARCHAR,
    "sponsor" VARCHAR,
    "business_unit" VARCHAR,
    "lead_team_id" VARCHAR,
    "start_date" DATE,
    "end_date" DATE,
    "date_precision" VARCHAR,
    "cost" BIGINT,
    "capex" BIGINT,
    "benefit_annual" BIGINT,
    "benefit_start_quarter" VARCHAR,
    "priority_rank" BIGINT,
    "rag" VARCHAR,
    "confidence_pct" BIGINT,
    "estimate_class" BIGINT,
    "business_value" BIGINT,
    "time_criticality" BIGINT,
    "risk_opportunity" BIGINT,
    "job_size" BIGINT,
    "success_probability" DOUBLE,
    "deliverables" VARCHAR,
    "superseded_by" VARCHAR,
    "split_from" VARCHAR,
    "funding_status" VARCHAR,
    "tags" VARCHAR
);

CREATE TABLE sealed_links (
    snapshot INTEGER NOT NULL,
    "from_type" VARCHAR NOT NULL,
    "from_id" VARCHAR NOT NULL,
    "to_type" VARCHAR NOT NULL,
    "to_id" VARCHAR NOT NULL,
    "link_type" VARCHAR NOT NULL,
    "strength" BIGINT,
    "rationale" VARCHAR
);

CREATE TABLE sealed_dependencies (
    snapshot INTEGER NOT NULL,
    "predecessor_id" VARCHAR NOT NULL,
    "successor_id" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "lag_quarters" BIGINT,
    "external_party" VARCHAR,
    "note" VARCHAR
);

CREATE TABLE sealed_milestones (
    snapshot INTEGER NOT NULL,
    "milestone_id" VARCHAR NOT NULL,
    "project_id" VARCHAR,
    "name" VARCHAR,
    "due_date" DATE,
    "done" BOOLEAN
);

CREATE TABLE sealed_phasing (
    snapshot INTEGER NOT NULL,
    "project_id" VARCHAR NOT NULL,
    "quarter" VARCHAR NOT NULL,
    "team_id" VARCHAR NOT NULL,
    "person_days" BIGINT,
    "cost" BIGINT,
    "capex" BIGINT
);

CREATE TABLE sealed_teams (
    snapshot INTEGER NOT NULL,
    "team_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "lead" VARCHAR,
    "kind" VARCHAR,
    "sourcing" VARCHAR,
    "pd_per_fte_quarter" BIGINT,
    "day_rate" BIGINT
);

CREATE TABLE sealed_capacity (
    snapshot INTEGER NOT NULL,
    "team_id" VARCHAR NOT NULL,
    "quarter" VARCHAR NOT NULL,
    "fte" DOUBLE,
    "run_share" DOUBLE,
    "insight_reserve" DOUBLE
);

CREATE TABLE sealed_attributes (
    snapshot INTEGER NOT NULL,
    "table" VARCHAR NOT NULL,
    "id" VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    "value" VARCHAR
);

CREATE TABLE sealed_reasons (
    snapshot INTEGER NOT NULL,
    "table" VARCHAR NOT NULL,
    "id" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "field" VARCHAR NOT NULL,
    "reason_code" VARCHAR,
    "reason_text" VARCHAR,
    "evidence_id" VARCHAR,
    "decision_id" VARCHAR
);

-- The ledgers: what happened meanwhile; they only grow.

CREATE TABLE ledger_kpi_actuals (
    "kpi_id" VARCHAR NOT NULL,
    "quarter" VARCHAR NOT NULL,
    "actual_value" DOUBLE,
    "recorded_in_snapshot" VARCHAR,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_project_actuals (
    "project_id" VARCHAR NOT NULL,
    "quarter" VARCHAR NOT NULL,
    "capex" BIGINT,
    "opex" BIGINT,
    "person_days" BIGINT,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_benefits (
    "benefit_id" VARCHAR NOT NULL,
    "project_id" VARCHAR,
    "outcome_id" VARCHAR,
    "kpi_id" VARCHAR,
    "evidence_type" VARCHAR,
    "owner" VARCHAR,
    "projected_annual" BIGINT,
    "first_quarter" VARCHAR,
    "basis" VARCHAR,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_benefit_actuals (
    "benefit_id" VARCHAR NOT NULL,
    "quarter" VARCHAR NOT NULL,
    "projected" BIGINT,
    "actual" BIGINT,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_business_cases (
    "project_id" VARCHAR NOT NULL,
    "depth" VARCHAR,
    "executive_summary" VARCHAR,
    "current_situation" VARCHAR,
    "need_for_change" VARCHAR,
    "options" VARCHAR,
    "schedule" VARCHAR,
    "cost_benefit" VARCHAR,
    "risk_and_change" VARCHAR,
    "kpi_ids" VARCHAR,
    "conclusion_or_ask" VARCHAR,
    "approved_in" VARCHAR,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_insights (
    "insight_id" VARCHAR NOT NULL,
    "kind" VARCHAR,
    "quarter" VARCHAR,
    "title" VARCHAR,
    "finding" VARCHAR,
    "effort_pd" BIGINT,
    "team_id" VARCHAR,
    "linked_ids" VARCHAR,
    "status" VARCHAR,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_lessons (
    "lesson_id" VARCHAR NOT NULL,
    "quarter" VARCHAR,
    "source_id" VARCHAR,
    "projected" VARCHAR,
    "actual" VARCHAR,
    "lesson" VARCHAR,
    "action" VARCHAR,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_decisions (
    "decision_id" VARCHAR NOT NULL,
    "status" VARCHAR NOT NULL,
    "snapshot_id" VARCHAR,
    "asked_on" DATE,
    "needed_by" DATE,
    "decided_on" DATE,
    "question" VARCHAR,
    "options" VARCHAR,
    "recommendation" VARCHAR,
    "decision" VARCHAR,
    "rationale" VARCHAR,
    "decided_by" VARCHAR,
    "owner" VARCHAR,
    "level" VARCHAR,
    "review_quarter" VARCHAR,
    "evidence_missing" BOOLEAN,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_risks (
    "risk_id" VARCHAR NOT NULL,
    "status" VARCHAR NOT NULL,
    "entity_type" VARCHAR,
    "entity_id" VARCHAR,
    "statement" VARCHAR,
    "probability" BIGINT,
    "impact" BIGINT,
    "response" VARCHAR,
    "owner" VARCHAR,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_assumptions (
    "assumption_id" VARCHAR NOT NULL,
    "state" VARCHAR NOT NULL,
    "entity_type" VARCHAR,
    "entity_id" VARCHAR,
    "statement" VARCHAR,
    "check_by_quarter" VARCHAR,
    "note" VARCHAR,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_assessments (
    "business_unit" VARCHAR NOT NULL,
    "quarter" VARCHAR NOT NULL,
    "row_id" VARCHAR NOT NULL,
    "row_kind" VARCHAR,
    "row_name" VARCHAR,
    "score" DOUBLE,
    "ceiling" DOUBLE,
    "control" VARCHAR,
    "note" VARCHAR,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_external_factors (
    "factor_id" VARCHAR NOT NULL,
    "business_unit" VARCHAR,
    "kind" VARCHAR,
    "statement" VARCHAR,
    "cap_level" DOUBLE,
    "from_quarter" VARCHAR,
    "to_quarter" VARCHAR,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);

CREATE TABLE ledger_delivery_history (
    "project_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "actual_start_quarter" VARCHAR,
    "actual_end_quarter" VARCHAR,
    "recorded_on" DATE,
    "recorded_by" VARCHAR,
    "restates" BOOLEAN
);
