-- A deal of which nothing is recorded has no lead.
alter table deal drop constraint deal_lead_state_check;
alter table deal add constraint deal_lead_state_check check (lead_state in ('unknown', 'ahead', 'behind', 'covered', 'closed'));
