-- How a step went, in the words of the method; `failed` and `cancelled` are from before.
alter table touch drop constraint touch_outcome_check;
alter table touch add constraint touch_outcome_check check (outcome in ('done', 'met_cold', 'declined', 'postponed', 'delegated_down', 'no_answer', 'failed', 'cancelled'));
