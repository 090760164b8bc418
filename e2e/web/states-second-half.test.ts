import { STATES } from './states.ts'
import { lookAt } from './states-under-test.ts'

// in two files, which run side by side
lookAt(STATES.filter((_, index) => index % 2 === 1))
