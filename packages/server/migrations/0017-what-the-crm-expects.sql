-- What the CRM says of a deal and our own numbers do not use: when it expects the end, and what it has as the next step.
alter table deal add column crm_close_on date;
alter table deal add column crm_next_step text;
