/** The rows of each table, for typed queries. */
// oxlint-disable-next-line typescript/no-explicit-any -- until the tables' types are generated
export type Tables = Record<string, any>
