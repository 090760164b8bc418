/** Without the full stop or comma that may follow. */
const ADDRESS = /(https:\/\/\S*[^\s.,:;])/

/** A sentence of ours, in which every address can be followed. */
export function SentenceWithLinks({ children }: { children: string }) {
  return children.split(ADDRESS).map((part) =>
    ADDRESS.test(part) ? (
      <OutsideLink key={part} address={part}>
        {part.replace('https://', '')}
      </OutsideLink>
    ) : (
      part
    ),
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
