import type { Handlers } from '../http/bind.ts'
import type { MarkStore } from './mark-store.ts'

export function createMarkHandlers(marks: MarkStore): Pick<Handlers, 'listModelMarks' | 'changeModelMark'> {
  return {
    listModelMarks: async ({ who }) => ({ marks: await marks.ofUser(who.userId) }),
    changeModelMark: ({ body, who }) => marks.change(who.userId, body),
  }
}
