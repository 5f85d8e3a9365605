-- The states of a refresh. Both tables only grow; planner/store/guards.py guards them.

-- One row for each step of a refresh: open, submit, return, approve, seal, withdraw. Its state is its last step.
CREATE TABLE refresh_steps (
    refresh INTEGER NOT NULL,
    step INTEGER NOT NULL,
    "action" VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    baseline VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    taken_on TIMESTAMP NOT NULL,
    comment VARCHAR NOT NULL,
    decision_id VARCHAR NOT NULL,
    evidence_missing BOOLEAN NOT NULL,
    draft BIGINT NOT NULL,
    PRIMARY KEY (refresh, step)
);

-- An item that somebody looked at in a refresh and left as it was.
CREATE TABLE attestations (
    refresh INTEGER NOT NULL,
    "table" VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    attested_on TIMESTAMP NOT NULL,
    PRIMARY KEY (refresh, "table", id)
);
