/** A moment in milliseconds since the epoch as RFC 3339, UTC. */
export function iso(moment: number): string {
  return new Date(moment).toISOString()
}

export function isoOrNull(moment: number | null): string | null {
  return moment === null ? null : iso(moment)
}
