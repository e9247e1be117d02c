-- The customer proposes a step of the joint plan: a word of theirs that is said of no step there is.
alter table joint_suggestion drop constraint joint_suggestion_kind_check;
alter table joint_suggestion add constraint joint_suggestion_kind_check
  check (kind in ('done', 'undone', 'move', 'comment', 'propose'));
