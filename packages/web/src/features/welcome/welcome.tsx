import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Choice } from './choice.tsx'
import { FirstDeal } from './first-deal.tsx'
import { Introduce } from './introduce.tsx'

const route = getRouteApi('/welcome')

/** The first minutes: who you are, sample or own data, and three steps to the first picture of one's own deal; later these steps alone. */
export function Welcome() {
  const { token, deal } = route.useSearch()
  const navigate = useNavigate()
  const [step, setStep] = useState<'introduce' | 'choose' | 'deal'>(
    token !== undefined ? 'introduce' : deal === 'new' ? 'deal' : 'choose',
  )
  if (step === 'introduce') return <Introduce token={token!} onDone={() => setStep('choose')} />
  if (step === 'choose') return <Choice onOwn={() => setStep('deal')} />
  return <FirstDeal onBack={() => (deal === 'new' ? void navigate({ to: '/deals' }) : setStep('choose'))} />
}
