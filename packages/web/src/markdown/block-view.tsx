import { visibleWords } from '@rollcall/core/visible-text'
import { memo, type ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import type { Block, Inline, ListItem } from './nodes.ts'

/** One block: elements of ours and texts, nothing else. */
export const BlockView = memo(({ block }: { block: Block }) => {
  switch (block.type) {
    case 'paragraph':
      // lines of verse stay lines
      return (
        <p dir="auto" className="whitespace-pre-line">
          {inlines(block.children)}
        </p>
      )
    case 'heading':
      // all of one level, for they stand below the model's name, whatever levels an answer leaves out
      return (
        <h3 dir="auto" className={classNames(block.level < 3 && 'text-base')}>
          {inlines(block.children)}
        </h3>
      )
    case 'code':
      return <Code language={block.language} text={block.text} />
    case 'quote':
      return (
        <blockquote className="flex flex-col gap-2 border-line border-l-2 pl-3 text-ink-muted">
          {blocks(block.children)}
        </blockquote>
      )
    case 'list': {
      const items = block.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list grows at its end alone
        <Item key={index} item={item} />
      ))
      const look = 'flex flex-col gap-1 pl-6'
      return block.start === null ? (
        <ul className={classNames(look, 'list-disc')}>{items}</ul>
      ) : (
        <ol start={block.start} className={classNames(look, 'list-decimal')}>
          {items}
        </ol>
      )
    }
    case 'table':
      return <Table {...block} />
    case 'rule':
      return <hr className="border-line" />
    case 'text':
      return (
        <div dir="auto" className="whitespace-pre-wrap">
          {visibleWords(block.text)}
        </div>
      )
  }
})

function blocks(children: readonly Block[]): ReactNode {
  return children.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks grow at their end alone
    <BlockView key={index} block={block} />
  ))
}

function Item({ item: { isDone, children } }: { item: ListItem }) {
  return (
    <li className={classNames('flex-col gap-1', isDone !== null && '-ml-5 list-none')}>
      {isDone !== null && (
        <span
          role="img"
          aria-label={isDone ? 'done' : 'not done'}
          className="float-left mr-1.5 text-ink-muted"
        >
          {isDone ? '☑' : '☐'}
        </span>
      )}
      {blocks(children)}
    </li>
  )
}

function Code({ language, text }: { language: string; text: string }) {
  return (
    <div className="overflow-hidden rounded-md border border-line bg-canvas">
      <div className="flex min-h-8 items-center justify-between border-line border-b pl-3 text-ink-muted text-xs">
        <span className="min-w-0 truncate font-mono">{visibleWords(language)}</span>
        <CopyButton text={text} label="Copy this code" />
      </div>
      <ScrollRegion label="Code" className="overflow-x-auto p-3">
        <pre className="font-mono text-xs leading-5">
          <code>{visibleWords(text)}</code>
        </pre>
      </ScrollRegion>
    </div>
  )
}

const ALIGN = { left: 'text-left', center: 'text-center', right: 'text-right' } as const

function Table({ align, header, rows }: Extract<Block, { type: 'table' }>) {
  const cells = (row: readonly Inline[][], Cell: 'th' | 'td') =>
    row.map((cell, index) => (
      <Cell
        // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are
        key={index}
        dir="auto"
        className={classNames('border border-line px-2 py-1 align-top', ALIGN[align[index] ?? 'left'])}
      >
        {inlines(cell)}
      </Cell>
    ))
  return (
    <ScrollRegion label="Table" className="overflow-x-auto">
      <table className="border-collapse">
        <thead className="bg-hover">
          <tr>{cells(header, 'th')}</tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a table grows at its end alone
            <tr key={index}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function inlines(children: readonly Inline[]): ReactNode {
  return children.map((child, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: words grow at their end alone
    <InlineView key={index} inline={child} />
  ))
}

function InlineView({ inline }: { inline: Inline }) {
  if (typeof inline === 'string') return visibleWords(inline)
  switch (inline.type) {
    case 'strong':
      return <strong className="font-semibold">{inlines(inline.children)}</strong>
    case 'em':
      return <em>{inlines(inline.children)}</em>
    case 'del':
      return <del>{inlines(inline.children)}</del>
    case 'code':
      return (
        <code className="rounded-sm bg-hover px-1 py-px font-mono text-xs [overflow-wrap:anywhere]">
          {visibleWords(inline.text)}
        </code>
      )
    case 'break':
      return <br />
    case 'link':
      return <Link address={inline.address}>{inlines(inline.children)}</Link>
  }
}

/** Says where it leads before it is followed. */
function Link({ address, children }: { address: string; children: ReactNode }) {
  return (
    <a
      href={address}
      target="_blank"
      rel="noopener noreferrer nofollow"
      data-tooltip={visibleWords(address)}
      className="text-accent underline underline-offset-2 [overflow-wrap:anywhere]"
    >
      {children}
    </a>
  )
}
