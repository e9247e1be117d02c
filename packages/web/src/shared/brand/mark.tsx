/** Two stones on their lines: ours is one ahead. */
export const Mark = ({ size = 24 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
    <rect width="32" height="32" rx="8" fill="var(--mantine-color-tide-8)" />
    <path d="M6 22h20M6 10h20" stroke="#fff" strokeOpacity=".35" strokeWidth="1.5" />
    <circle cx="21" cy="10" r="5.2" fill="#fff" />
    <circle cx="11" cy="22" r="4.4" fill="none" stroke="#fff" strokeWidth="1.8" />
  </svg>
)
