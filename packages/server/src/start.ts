import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createAskModel } from '@rollcall/ask'
import { freshnessPolicy } from '@rollcall/core'
import type { Instance } from '@rollcall/core/schema'
import { createHttpGet } from '@rollcall/network'
import type { DestinationStream } from 'pino'
import { createAccessJwt } from './accounts/access-jwt.ts'
import { createAccessTokenHandlers } from './accounts/access-token-handlers.ts'
import { createAccountHandlers } from './accounts/account-handlers.ts'
import { createAdminHandlers } from './accounts/admin-handlers.ts'
import { createAttempts } from './accounts/attempts.ts'
import { createAuthenticator } from './accounts/authenticate.ts'
import { createInstanceHandler } from './accounts/instance-handler.ts'
import { createPasswords } from './accounts/passwords.ts'
import { createRegisterHandlers, renewSetupCode } from './accounts/register.ts'
import { createRegistrationPolicy } from './accounts/registration-policy.ts'
import { createSecondFactor } from './accounts/second-factor.ts'
import { createSessions } from './accounts/sessions.ts'
import { createSignedInAnswer, createSignInHandlers } from './accounts/sign-in.ts'
import { createTwoFactorHandlers } from './accounts/two-factor-handlers.ts'
import { createChangeStream } from './changes/change-stream.ts'
import { createCatalogueCopy } from './facts/catalogue-copy.ts'
import { createEnrichedLists } from './facts/enriched-lists.ts'
import { createHttpApp, type Handlers, type HttpPorts } from './http/bind.ts'
import { createClientAddress } from './http/client-address.ts'
import { addDocuments } from './http/documents.ts'
import { createEventStreams } from './http/event-stream.ts'
import { createHealthHandlers } from './http/health.ts'
import { createCallLimits, createLimiters } from './http/limiters.ts'
import { drain, type ListenLimits, listen } from './http/listen.ts'
import { createUnreadableAnswer } from './http/unreadable-request.ts'
import { readWebFiles } from './http/web-files.ts'
import { createKeyHandlers } from './keys/key-handlers.ts'
import { createRotation } from './keys/rotation.ts'
import { createVault } from './keys/vault.ts'
import { createLog } from './log.ts'
import { createMarkHandlers } from './marks/mark-handlers.ts'
import { createMarkStore } from './marks/mark-store.ts'
import { createAvailableModels } from './models/available-models.ts'
import { createFindModels } from './models/find-models.ts'
import { createListStore } from './models/list-store.ts'
import { createModelHandlers } from './models/model-handlers.ts'
import { createPreparedAnswers } from './models/prepared-answers.ts'
import { askedProviders, createFingerprints } from './models/provider-config.ts'
import { createProviderStatus } from './models/provider-status.ts'
import { createReadAnswers } from './models/read-answers.ts'
import { createRefresher } from './models/refresh.ts'
import { createReadyPath } from './models/send-answer.ts'
import { createShowModel } from './models/show-model.ts'
import { openSecrets } from './open-secrets.ts'
import { createChooseKey } from './runs/choose-key.ts'
import { createInterruptRuns } from './runs/interrupt-runs.ts'
import { createOldRuns } from './runs/old-runs.ts'
import { rememberKeys } from './runs/remembered-keys.ts'
import { createRunHandlers } from './runs/run-handlers.ts'
import { createRunModels } from './runs/run-models.ts'
import { createRunRecords } from './runs/run-records.ts'
import { createStoredRuns } from './runs/stored-runs.ts'
import { readMasterKeys } from './secrets.ts'
import type { Settings } from './settings.ts'
import { openStorage } from './storage/open-storage.ts'
import { watchForRestore } from './storage/watch-for-restore.ts'
import { createSweeper } from './sweeper.ts'
import { createUsageHandlers } from './usage/usage-handlers.ts'

const DRAIN_MS = 15_000

/** What a test hands in; the real ones otherwise. */
export interface StartPorts {
  now?: () => number
  random?: () => number
  /** Where log lines go. */
  logTo?: DestinationStream
  /** The folder of the built web app. */
  web?: string
  /** How a visitor of a demo signs in. */
  demo?: NonNullable<Instance['demo']>
  /** Of requests and connections. */
  limits?: Partial<ListenLimits>
}

export interface RunningServer {
  /** `http://host:port` */
  address: string
  /** To be told to whoever starts it, as long as there is no account and others could come first. */
  setupCode: string | undefined
  /** The file of secrets, where this start has made it. */
  createdSecrets: string | undefined
  /** Stops taking requests, lets those under way finish, and leaves the database in order. */
  close(): Promise<void>
}

/** The whole server, put together: storage, accounts, keys, models, and one way in. */
export async function startServer(settings: Settings, ports: StartPorts = {}): Promise<RunningServer> {
  const { now = Date.now, random = Math.random } = ports
  const log = createLog(settings.logLevel, ports.logTo)
  const storage = await openStorage(settings)
  try {
    return await startWith()
  } catch (error) {
    await storage.close()
    throw error
  }

  async function startWith(): Promise<RunningServer> {
    const { db } = storage
    const secrets = await openSecrets(settings, storage)
    // even where what follows fails: it is told once
    if (secrets.createdFile) log.info({ event: 'secrets_made', file: secrets.createdFile })
    const closing = new AbortController()
    const network = createHttpGet({ proxies: settings.proxies })
    const { askModel, close: closeAsk } = createAskModel({ proxies: settings.proxies, now })
    const policy = freshnessPolicy(settings.cacheTtlSeconds * 1000)
    const timeoutMs = settings.providerTimeoutMs

    const { masterKeyFile } = secrets
    const vault = createVault(
      secrets.masterKeys,
      masterKeyFile === undefined ? undefined : () => readMasterKeys(masterKeyFile),
    )
    const fingerprints = createFingerprints(secrets.tokenSecret)
    const providers = askedProviders(settings.bases)
    const store = createListStore(storage, providers, fingerprints)
    const refresher = createRefresher({
      storage,
      store,
      vault,
      log,
      get: network.get,
      policy,
      timeoutMs,
      now,
      random,
    })
    const catalogue = createCatalogueCopy({ storage, log, get: network.get, url: settings.catalogueUrl, now })
    const facts = createEnrichedLists(catalogue, now)
    const marks = createMarkStore(storage, now)
    const path = createAvailableModels({ store, refresher, facts, marks, policy, timeoutMs, now })
    const answers = createPreparedAnswers(path, storage, now)
    const readAnswers = createReadAnswers(answers)
    const chooseKey = createChooseKey({
      path,
      facts,
      readKeys: rememberKeys(storage, store.ofUser),
      vault,
      providers,
    })
    const records = createRunRecords(storage, now)
    const runs = createRunModels({ storage, records, chooseKey, askModel, log, now })
    const storedRuns = createStoredRuns(storage, { answersAtOnce: settings.answersAtOnce }, now)
    const oldRuns = createOldRuns(storage, settings.keepRunsDays, now)
    const interruptRuns = createInterruptRuns({ storage, runs, log, now })
    const rotation = createRotation({
      storage,
      vault,
      log,
      masterKeyFile,
      closing: closing.signal,
    })

    const createLimiter = createLimiters(storage.pool)
    const jwt = createAccessJwt(secrets.tokenSecret, now)
    const sessions = createSessions(storage, now)
    const passwords = createPasswords()
    const secondFactor = createSecondFactor(db, vault, now)
    const authenticator = createAuthenticator(storage, jwt, now)
    const signedIn = createSignedInAnswer(jwt)
    const attempts = createAttempts(createLimiter)
    const registration = createRegistrationPolicy(settings)
    const openStream = createEventStreams({ storage, log, closing: closing.signal })
    const common = { storage, sessions, passwords, secondFactor, now }

    const handlers: Handlers = {
      ...createFindModels(readAnswers, marks),
      ...createShowModel({ path, readAnswers, marks, catalogue }),
      ...createMarkHandlers(marks),
      ...createProviderStatus(store, timeoutMs),
      ...createModelHandlers({ path, answers, providers, openStream }),
      ...createKeyHandlers({
        storage,
        store,
        vault,
        refresher,
        providers,
        fingerprints,
        policy,
        timeoutMs,
        now,
      }),
      ...createRegisterHandlers({ policy: registration, signedIn, ...common }),
      ...createSignInHandlers({ jwt, attempts, authenticator, ...common }),
      ...createAccountHandlers({ store, marks, storedRuns, signedIn, ...common }),
      ...createTwoFactorHandlers({ db, vault, ...common }),
      ...createAccessTokenHandlers(storage, now),
      ...createAdminHandlers(storage, now),
      ...createRunHandlers({ storage, stored: storedRuns, runs, openStream, now }),
      ...createUsageHandlers(db, now),
      ...rotation.handlers,
      ...createChangeStream({ storage, openStream, now }),
      ...createInstanceHandler(db, registration, ports.demo ?? null),
      ...createHealthHandlers(db, closing.signal),
    }
    const clientAddress = createClientAddress(settings)
    const nextRequestId = createRequestIds()
    const http: HttpPorts = {
      log,
      clientAddress,
      nextRequestId,
      authenticate: authenticator.authenticate,
      limit: createCallLimits(createLimiter),
      webFile: ports.web === undefined ? undefined : readWebFiles(ports.web),
    }
    const app = createHttpApp(handlers, http)
    addDocuments(app, ports.web !== undefined)
    const isAnswered = createReadyPath(authenticator, answers, clientAddress, nextRequestId)
    const listener = getRequestListener(app.fetch, {
      overrideGlobalObjects: false,
      // who asks without a host, as health checks do, means us
      hostname: 'localhost',
      errorHandler: createUnreadableAnswer(http),
    })
    const setupCode = await renewSetupCode(settings, db)
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      if (!isAnswered(request, response)) void listener(request, response)
    }
    const watch = await watchForRestore(storage)
    const sweeper = createSweeper({ db, sessions, oldRuns, log, now })
    let closed: Promise<void> | undefined
    const end = async () => {
      closing.abort()
      watch.stop()
      await sweeper.stop()
      await runs.close()
      await interruptRuns.stop()
      await closeAsk()
      await refresher.close()
      await catalogue.close()
      await rotation.finish()
      await network.close()
    }
    try {
      await rotation.takeUp()
      await interruptRuns.begin()
      const { server, address } = await listen(settings.host, settings.port, handle, ports.limits)
      log.info({ event: 'listening', address })
      catalogue.refreshBehind()
      return { address, setupCode, createdSecrets: secrets.createdFile, close: () => close(server) }
    } catch (error) {
      await end()
      throw error
    }

    function close(server: Server): Promise<void> {
      closed ??= stop(server)
      return closed
    }
    async function stop(server: Server): Promise<void> {
      closing.abort()
      await drain(server, DRAIN_MS)
      await end()
      await storage.close()
      log.info({ event: 'stopped' })
    }
  }
}

/** Names a request in answers and the log; cheap, and unlike those of the last start. */
function createRequestIds(): () => string {
  const start = randomBytes(6).toString('base64url')
  let count = 0
  return () => `${start}-${(++count).toString(36)}`
}
