import { z } from 'zod'

// the Content-Security-Policy allows no code made at run time, which Zod tries as soon as a schema is made
z.config({ jitless: true })
