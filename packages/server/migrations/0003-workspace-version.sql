-- Two administrators who change the settings of a workspace at once are told of each other, as with every other record.

alter table workspace add column version integer not null default 1;
