/** A sentence of ours, in which an address can be followed. */
export function SentenceWithLink({ sentence, address }: { sentence: string; address: string }) {
  const [before, after] = sentence.split(address)
  if (after === undefined) return sentence
  return (
    <>
      {before}
      <OutsideLink address={address}>{address.replace('https://', '')}</OutsideLink>
      {after}
    </>
  )
}

/** Opens a page of somebody else, who does not learn where it was found. */
export function OutsideLink({ address, children }: { address: string; children: string }) {
  return (
    <a
      href={address}
      target="_blank"
      rel="noreferrer"
      className="text-accent underline underline-offset-2 [overflow-wrap:anywhere]"
    >
      {children}
    </a>
  )
}
