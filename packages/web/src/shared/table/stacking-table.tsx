import { Table, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './stacking-table.module.css'

interface Column {
  name: string
  /** Heard, not seen: a column of buttons. */
  quiet?: true
  className?: string | undefined
}

interface Row {
  id: string
  /** In the order of the columns; an empty one takes no room where rows are stacked. */
  cells: readonly ReactNode[]
}

/**
 * A table nobody scrolls sideways: where its columns have no room each row is a block, headed by its first cell, with each value beside its
 * column's name. The roles are spelled out because browsers take them from a table that is laid out as anything else.
 */
export function StackingTable({ columns, rows }: { columns: readonly Column[]; rows: readonly Row[] }) {
  return (
    <div className={classes.room}>
      <Table verticalSpacing="xs" role="table" className={classes.table}>
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {columns.map(({ name, quiet }) => (
              <Table.Th key={name} role="columnheader">
                {quiet ? <VisuallyHidden>{name}</VisuallyHidden> : name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {rows.map(({ id, cells }) => (
            <Table.Tr key={id} role="row">
              {columns.map(({ name, quiet, className }, at) => (
                <Table.Td
                  key={name}
                  role="cell"
                  className={className}
                  data-quiet={quiet}
                  data-name={at === 0 || quiet ? undefined : name}
                >
                  {cells[at] !== undefined && cells[at] !== '' && <div>{cells[at]}</div>}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
