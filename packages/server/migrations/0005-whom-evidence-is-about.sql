-- Whom a piece of evidence is about: the id of a person, the key of a rival, or `us`. Null: as its signal usually is.
alter table evidence add column about text;
