import { Button } from '@mantine/core'
import { IconArrowsMaximize, IconSitemap, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { applyNodeChanges, Panel, ReactFlow, useReactFlow, ReactFlowProvider } from '@xyflow/react'
import type { Edge, NodeChange } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useMemo, useState } from 'react'
import { useDealView } from '../context.ts'
import { useEdits } from '../edits.ts'
import { gapsOf } from '../model/people.ts'
import { useDealWords } from '../words.ts'
import { GapCard, PersonCard } from './map-nodes.tsx'
import type { GapNode, PersonNode } from './map-nodes.tsx'
import { GAP_SIZE, placesOf, sizeOf } from './map-model.ts'
import { useRivalsOf } from './person-facts.tsx'
import classes from './people.module.css'

/** Opens with everybody in sight, however small: from there one goes nearer. */
const FIT = { padding: 0.08, minZoom: 0.15, maxZoom: 1.1 } as const
const TYPES = { person: PersonCard, gap: GapCard }
type MapNode = PersonNode | GapNode

/** Organisation chart and power map in one. Lines are reports; cards can be dragged, and stay where they are put. */
export function PeopleMap() {
  return (
    <ReactFlowProvider>
      <Flow />
    </ReactFlowProvider>
  )
}

function Flow() {
  const t = useDealWords()
  const { people, may, whole } = useDealView()
  const run = useEdits()
  const rivalsOf = useRivalsOf()
  const flow = useReactFlow<MapNode>()

  const given = useMemo((): MapNode[] => {
    const gaps = gapsOf(people)
    const places = placesOf(people, gaps, (key) => rivalsOf(key).length)
    return [
      ...people.map((person): PersonNode => {
        const { width, height } = sizeOf(person)
        return {
          id: person.personId,
          type: 'person',
          data: { person },
          position: places.people.get(person.personId)!,
          width,
          initialWidth: width,
          initialHeight: height,
          focusable: false,
          draggable: may.write,
        }
      }),
      ...gaps.map((role): GapNode => ({
        id: `gap.${role}`,
        type: 'gap',
        data: { role },
        position: places.gaps.get(role)!,
        ...GAP_SIZE,
        focusable: false,
        draggable: false,
      })),
    ]
    // The rivals are part of the brief, as the people are.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [people, may.write])
  // While one drags, nodes are where the pointer is; when the deal changes, where the deal says.
  const [held, setHeld] = useState({ given, nodes: given })
  if (held.given !== given) setHeld({ given, nodes: given })
  const nodes = held.given === given ? held.nodes : given
  const edges = useMemo(
    () =>
      people.flatMap((person): Edge[] =>
        person.above
          ? [
              {
                id: `${person.above}>${person.personId}`,
                source: person.above,
                target: person.personId,
                type: 'smoothstep',
                focusable: false,
              },
            ]
          : [],
      ),
    [people],
  )

  const arranged = people.some(({ part }) => part.mapX !== undefined)
  const arrange = (): void =>
    run(t('people.arranged'), (batch) =>
      people.forEach(
        ({ part }) => part.mapX !== undefined && batch.update('stakeholder', part, { mapX: null, mapY: null }),
      ),
    )

  return (
    <div className={classes.flow}>
      <ReactFlow<MapNode>
        aria-label={t('people.map')}
        nodes={nodes}
        edges={edges}
        nodeTypes={TYPES}
        onNodesChange={(changes: NodeChange<MapNode>[]) => setHeld({ given, nodes: applyNodeChanges(changes, nodes) })}
        onNodeDragStop={(_, node) => {
          const part = (whole.stakeholder ?? []).find(({ personId }) => personId === node.id)
          if (part)
            run(t('people.moved'), (batch) =>
              batch.update('stakeholder', part, {
                mapX: Math.round(node.position.x),
                mapY: Math.round(node.position.y),
              }),
            )
        }}
        fitView
        fitViewOptions={FIT}
        minZoom={FIT.minZoom}
        maxZoom={2}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        zoomOnScroll={false}
        preventScrolling={false}
        panOnScroll={false}
        proOptions={{ hideAttribution: true }}
      >
        <Panel position="bottom-right" className="no-print">
          <Button.Group>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('people.nearer')}
              onClick={() => void flow.zoomIn({ duration: 200 })}
            >
              <IconZoomIn size={13} aria-hidden />
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('people.farther')}
              onClick={() => void flow.zoomOut({ duration: 200 })}
            >
              <IconZoomOut size={13} aria-hidden />
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconArrowsMaximize size={13} aria-hidden />}
              onClick={() => void flow.fitView({ ...FIT, duration: 200 })}
            >
              {t('people.fit')}
            </Button>
            {arranged && may.write && (
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconSitemap size={13} aria-hidden />}
                onClick={arrange}
              >
                {t('people.arrange')}
              </Button>
            )}
          </Button.Group>
        </Panel>
      </ReactFlow>
    </div>
  )
}
