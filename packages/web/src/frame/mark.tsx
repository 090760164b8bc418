/** The sign of the product. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" width={size} height={size}>
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <g
        fill="none"
        className="stroke-on-accent"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M7 10.5l2 2 3.5-4M7 20.5l2 2 3.5-4M17 11h8M17 21h8" />
      </g>
    </svg>
  )
}
