import { Link } from 'wouter'
import { Empty, Page } from '../ui/page.tsx'

export function NotFoundPage() {
  return (
    <Page title="Nothing here">
      <Empty action={<Link href="/models">Back to models</Link>}>There is no page at this address.</Empty>
    </Page>
  )
}
