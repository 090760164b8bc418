import { defineConfig } from 'vitest/config'

/** Pure logic: no server, no database, no process of their own, and nothing that they leave changed. */
const LOGIC = [
  'packages/{core,web}/src/**/*.test.ts',
  'packages/network/src/proxies.test.ts',
  'packages/ask/src/{answer-facts,chat-clients,guarded-body,refine-fault,run-failure-sentence}.test.ts',
  'packages/server/src/{log,settings,turns}.test.ts',
  'packages/server/src/{accounts/secret-text,http/problem-sentence}.test.ts',
  'packages/server/src/{runs/words,testing/find-keys,usage/tally}.test.ts',
  'packages/cli/src/{models-options,print/*,runs/read-question}.test.ts',
]

export default defineConfig({
  test: {
    // they mostly wait for sockets, so that also two processors are not too few for two at once
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'core',
          include: LOGIC,
          testTimeout: 30_000,
          // no need to start anew for every file
          isolate: false,
        },
      },
      {
        test: {
          name: 'sockets',
          include: ['packages/{network,ask,simulator,server,cli}/src/**/*.test.ts', 'e2e/**/*.test.ts'],
          exclude: ['e2e/web/**', ...LOGIC],
          globalSetup: [
            // the first one set up ends last, when all has been said
            'packages/server/src/testing/canary-setup.ts',
            'packages/server/src/testing/postgres-setup.ts',
          ],
          // to load the server anew for every file took longer than most files; what they open they close
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          // on a busy machine a second is not much
          expect: { poll: { timeout: 10_000 } },
          // most cases wait for sockets and time limits, not for the processor
          maxConcurrency: 8,
        },
      },
      {
        test: {
          name: 'web',
          include: ['e2e/web/**/*.test.ts'],
          globalSetup: ['packages/server/src/testing/canary-setup.ts', 'e2e/web/web-setup.ts'],
          // as above: the server in every file's process would be loaded anew
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 30_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})
