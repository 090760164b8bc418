import { Catalogue } from '../models/catalogue.tsx'
import { RefreshAll } from '../models/refresh-all.tsx'
import { Page } from '../ui/page.tsx'

/** Everything the user's keys can use. */
export function ModelsPage() {
  return (
    <Page title="Models" actions={<RefreshAll />}>
      <Catalogue />
    </Page>
  )
}
