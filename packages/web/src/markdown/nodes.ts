/** Markdown as it is shown: texts and a closed list of shapes, none of which can act. */
export type Inline =
  | string
  | { type: 'strong' | 'em' | 'del'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; address: string; children: Inline[] }
  | { type: 'break' }

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'heading'; level: number; children: Inline[] }
  | { type: 'code'; language: string; text: string }
  | { type: 'quote'; children: Block[] }
  | { type: 'list'; start: number | null; items: ListItem[] }
  | { type: 'table'; align: ('left' | 'center' | 'right' | null)[]; header: Inline[][]; rows: Inline[][][] }
  | { type: 'rule' }
  /** As it was written: what has no shape here, and what is too much for one. */
  | { type: 'text'; text: string }

export interface ListItem {
  /** Of a task; null: it is none. */
  isDone: boolean | null
  children: Block[]
}

/** What stands in the source from one block's beginning to the next one's. */
export interface ReadBlock {
  /** UTF-16 units of the source. */
  length: number
  /** Null: nothing to be seen. */
  block: Block | null
}
