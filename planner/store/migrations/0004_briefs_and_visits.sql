-- What people changed in the brief of the draft; it only grows, and the last row of a part and key counts.
-- `base` is the snapshot that the draft follows, empty where there is none: the next draft starts without edits.
-- `said` is null where the generated words were taken back; `generated` is what stood there when it was edited.
CREATE TABLE brief_edits (
    base VARCHAR NOT NULL,
    edit INTEGER NOT NULL,
    part VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    generated VARCHAR NOT NULL,
    said VARCHAR,
    actor VARCHAR NOT NULL,
    edited_on TIMESTAMP NOT NULL,
    PRIMARY KEY (base, edit)
);

-- The brief of each snapshot as it was when the quarter was sealed: JSON, never changed again.
CREATE TABLE briefs (
    snapshot INTEGER NOT NULL PRIMARY KEY,
    document VARCHAR NOT NULL
);

-- When each person was here: one row a visit, `seen_on` moves on while it lasts.
CREATE TABLE visits (
    person VARCHAR NOT NULL,
    began_on TIMESTAMP NOT NULL,
    seen_on TIMESTAMP NOT NULL,
    PRIMARY KEY (person, began_on)
);
