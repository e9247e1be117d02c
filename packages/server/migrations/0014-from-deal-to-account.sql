-- The grid of an account: which unit buys what of ours; and what was carried over when a deal was opened from another of the same account.
alter table deal add column unit text, add column offer text, add column carried_from text;
alter table account add column units text[];
alter table stakeholder add column carried_from text;
-- Who of ours was there: without it nobody can say who knows whom.
alter table touch add column carried_from text, add column ours text;
alter table proof add column carried_from text;
alter table commitment add column carried_from text;
alter table evidence add column carried_from text;
