-- The plan of a deal as it stood on earlier days: whom to see on which day, without the reasons, which quote what was known of people.
create table deal_plan_day (
  workspace_id uuid not null, deal_id uuid not null, style text not null, "on" date not null, steps jsonb not null,
  primary key (workspace_id, deal_id, style, "on"),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id) on delete cascade
);
alter table deal_plan_day enable row level security;
create policy tenant on deal_plan_day using (workspace_id = (select current_workspace())) with check (workspace_id = (select current_workspace()));
grant select, insert, update, delete on deal_plan_day to sente_app;
