-- What-if scenarios. Their rows lie in the work tables, beside the draft's; both tables here only grow.

-- One row for each scenario, or kept copy of the draft. `base` is the version that it was branched from: a
-- snapshot's label, or a version of the work tables that nobody edits. `origin` says what people branched.
CREATE TABLE scenarios (
    scenario VARCHAR PRIMARY KEY,
    is_copy BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    base VARCHAR NOT NULL
);

-- One row for each step of a scenario: branch, merge, drop, reopen. Its state is its last step.
CREATE TABLE scenario_steps (
    scenario VARCHAR NOT NULL,
    step INTEGER NOT NULL,
    "action" VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    taken_on TIMESTAMP NOT NULL,
    comment VARCHAR NOT NULL,
    PRIMARY KEY (scenario, step)
);

-- A person has unsaved edits for each version that they edit.
CREATE TABLE unsaved (
    person VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    edits VARCHAR NOT NULL,
    kept_on TIMESTAMP NOT NULL,
    PRIMARY KEY (person, version)
);
INSERT INTO unsaved SELECT person, 'draft', edits, kept_on FROM pending;
DROP TABLE pending;
