import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // they mostly wait for sockets, so that also two processors are not too few for two at once
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'core',
          include: ['packages/{core,web}/src/**/*.test.ts'],
          testTimeout: 30_000,
          // pure logic: no need to start anew for every file
          isolate: false,
        },
      },
      {
        test: {
          name: 'sockets',
          include: ['packages/{network,ask,simulator,server,cli}/src/**/*.test.ts', 'e2e/**/*.test.ts'],
          exclude: ['e2e/web/**'],
          globalSetup: [
            // the first one set up ends last, when all has been said
            'packages/server/src/testing/canary-setup.ts',
            'packages/server/src/testing/postgres-setup.ts',
          ],
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
          testTimeout: 60_000,
          hookTimeout: 30_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})
