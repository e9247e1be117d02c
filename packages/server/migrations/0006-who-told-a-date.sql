-- Who told the date of a step of the customer's process.
alter table process_step add column told_by text
  check (told_by in ('published', 'contract', 'executive', 'project-leader', 'coach', 'guess'));
