/** A feature of the win number: 0..1, 0 where nothing is known, and how much of it is known, 0..1. */
export interface Feature {
  value: number
  known: number
  /** False: what is known gives no value, and 0 stands for not knowing. Absent: as `known` is above 0. */
  told?: boolean
  /** Of a seat: somebody of ours has met who sits on it. */
  met?: boolean
}
