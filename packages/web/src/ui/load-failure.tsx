import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

/** Something could not be asked for: why, and once more. */
export function LoadFailure({ sentence, onRetry }: { sentence: string; onRetry: () => unknown }) {
  return (
    <Notice tone="bad" action={<Button onClick={() => void onRetry()}>Try again</Button>}>
      {sentence}
    </Notice>
  )
}
