-- A proposal of the plan that somebody holds on its day, without taking it up.
alter table plan_step drop constraint plan_step_status_check;
alter table plan_step add constraint plan_step_status_check
  check (status in ('open', 'done', 'dropped', 'skipped', 'held'));
