import { config } from 'zod'
import { VisuallyHidden } from '@mantine/core'
import { createRoot } from 'react-dom/client'
import { Suspense } from 'react'
import { Providers } from '../src/shared/providers/providers.tsx'
import { Waiting } from '../src/shared/states/states.tsx'
import { STORIES } from './stories.tsx'

config({ jitless: true })

/** One story at a time: `?story=picture&deal=1&on=2025-04-15`; without one, their list. */
const asked = new URLSearchParams(location.search)
const Story = STORIES[asked.get('story') ?? '']

createRoot(document.getElementById('root')!).render(
  <Providers>
    <main style={{ padding: 'clamp(0px, 2vw, 16px)', maxWidth: 1400, margin: '0 auto' }}>
      <VisuallyHidden>
        <h1>Stories</h1>
      </VisuallyHidden>
      <Suspense fallback={<Waiting like="block" height={640} />}>
        {Story ? (
          <Story asked={asked} />
        ) : (
          <ul>
            {Object.keys(STORIES).map((name) => (
              <li key={name}>
                <a href={`?story=${name}`}>{name}</a>
              </li>
            ))}
          </ul>
        )}
      </Suspense>
    </main>
  </Providers>,
)
