/**
 * Numbers in [0, 1) that look random and are the same on every machine for the same seed (a whole number). For generated
 * data, simulation and training, never for secrets. Source: T. Ettinger, mulberry32 (public domain), period 2³².
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
