import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { SignedInFrame } from './frame/signed-in-frame.tsx'
import { Starting, Unreachable } from './frame/starting.tsx'
import { PAGE_LOADERS } from './page-loaders.ts'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { useSession } from './session/this-session.ts'

const ModelsPage = lazy(async () => ({ default: (await PAGE_LOADERS['/models']()).ModelsPage }))
const ComparePage = lazy(async () => ({ default: (await PAGE_LOADERS['/compare']()).ComparePage }))
const NewRunPage = lazy(async () => ({ default: (await PAGE_LOADERS['/new-run']()).NewRunPage }))
const RunsPage = lazy(async () => ({ default: (await PAGE_LOADERS['/runs']()).RunsPage }))
const RunPage = lazy(async () => ({ default: (await PAGE_LOADERS['/runs/']()).RunPage }))
const UsagePage = lazy(async () => ({ default: (await PAGE_LOADERS['/usage']()).UsagePage }))
const SettingsPage = lazy(async () => ({ default: (await PAGE_LOADERS['/settings']()).SettingsPage }))
const SignInPage = lazy(async () => ({ default: (await PAGE_LOADERS['/sign-in']()).SignInPage }))
const RegisterPage = lazy(async () => ({ default: (await PAGE_LOADERS['/register']()).RegisterPage }))
const ResetPage = lazy(async () => ({ default: (await PAGE_LOADERS['/reset']()).ResetPage }))

/** Which page is shown, for whom. */
export function App() {
  const session = useSession()
  switch (session.kind) {
    case 'starting':
      return <Starting />
    case 'unreachable':
      return <Unreachable />
    case 'signed_out':
      return (
        <Suspense fallback={<Starting />}>
          <Switch>
            <Route path="/register" component={RegisterPage} />
            <Route path="/reset" component={ResetPage} />
            <Route component={SignInPage} />
          </Switch>
        </Suspense>
      )
    case 'signed_in':
    case 'ended':
      return (
        <SignedInFrame>
          <Switch>
            <Route path="/">
              <Redirect to="/models" replace />
            </Route>
            <Route path="/models" component={ModelsPage} />
            <Route path="/compare" component={ComparePage} />
            <Route path="/new-run" component={NewRunPage} />
            <Route path="/runs" component={RunsPage} />
            <Route path="/runs/:id">{({ id }) => <RunPage id={id} />}</Route>
            <Route path="/usage" component={UsagePage} />
            <Route path="/settings/*?" component={SettingsPage} />
            <Route path="/sign-in">
              <Redirect to="/models" replace />
            </Route>
            <Route path="/register">
              <Redirect to="/models" replace />
            </Route>
            <Route path="/reset" component={ResetPage} />
            <Route component={NotFoundPage} />
          </Switch>
        </SignedInFrame>
      )
  }
}
