import { cpus } from 'node:os'
import { benchBadDays } from './bad-days.ts'
import { benchCachedAnswer } from './cached-answer.ts'
import { benchCliStart } from './cli-start.ts'
import { benchFacts } from './facts.ts'
import { benchFanOut } from './fan-out.ts'
import { print } from './figures.ts'
import { benchFirstToken } from './first-token.ts'
import { benchIdleUsers } from './idle-users.ts'
import { benchRuns } from './runs.ts'
import { benchSearch } from './search.ts'
import { benchWork } from './work.ts'

// figures of one run can be held against each other, not against another machine's
print(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`)
await benchFanOut()
await benchWork()
benchFacts()
await benchBadDays()
await benchCliStart()
await benchCachedAnswer()
await benchSearch()
await benchIdleUsers()
await benchFirstToken()
await benchRuns()
