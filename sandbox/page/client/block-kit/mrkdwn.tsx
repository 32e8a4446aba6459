import './text.css'
import { Fragment, type ReactNode } from 'react'
import { type InlineProps, Link, Mention, Ping, SlackDate } from './inline.tsx'
import type { MrkdwnBlock, MrkdwnInline } from './mrkdwn-tree.ts'
import { parseMrkdwn } from './parse-mrkdwn.ts'

/** A mrkdwn text as Slack shows it. */
export const Mrkdwn = ({
  text,
  verbatim = false,
  ...shared
}: InlineProps & { readonly text: string; readonly verbatim?: boolean }) => {
  const tree = parseMrkdwn(text, verbatim)
  const [first] = tree
  // Most texts are one paragraph; a span may stand in a label or a button, where blocks may not.
  return first?.kind === 'paragraph' && tree.length === 1 ? (
    <span className="bk-text">{inlines(first.children, shared)}</span>
  ) : (
    <div className="bk-text">{blocks(tree, shared)}</div>
  )
}

// The tree is rebuilt from the text each time and its nodes keep no state, so that the place is the key.
const keyed = <Node,>(nodes: readonly Node[], show: (node: Node) => ReactNode): readonly ReactNode[] =>
  nodes.map((node, index) => <Fragment key={String(index)}>{show(node)}</Fragment>)

const blocks = (tree: readonly MrkdwnBlock[], shared: InlineProps): readonly ReactNode[] =>
  keyed(tree, (block) => {
    switch (block.kind) {
      case 'paragraph':
        return <div>{inlines(block.children, shared)}</div>
      case 'preformatted':
        return <pre className="bk-preformatted">{inlines(block.children, shared)}</pre>
      case 'quote':
        return <blockquote className="bk-quote">{blocks(block.children, shared)}</blockquote>
      default:
        return block satisfies never
    }
  })

const inlines = (nodes: readonly MrkdwnInline[], shared: InlineProps): readonly ReactNode[] =>
  keyed(nodes, (node) => inline(node, shared))

const inline = (node: MrkdwnInline, shared: InlineProps): ReactNode => {
  const { names, openLink } = shared
  switch (node.kind) {
    case 'text':
      return node.text
    case 'emoji':
      return <Emoji name={node.name} character={node.character} />
    case 'bold':
      return <strong>{inlines(node.children, shared)}</strong>
    case 'italic':
      return <em>{inlines(node.children, shared)}</em>
    case 'strike':
      return <s>{inlines(node.children, shared)}</s>
    case 'code':
      return <code className="bk-code">{inlines(node.children, shared)}</code>
    case 'link':
      return (
        <Link url={node.url} openLink={openLink}>
          {node.label === null ? node.url.replace(/^mailto:/, '') : inlines(node.label, shared)}
        </Link>
      )
    case 'user':
    case 'channel':
    case 'usergroup':
      return <Mention kind={node.kind} id={node.id} label={node.label} names={names} />
    case 'broadcast':
      return <Ping range={node.range} label={node.label} />
    case 'date':
      return (
        <SlackDate
          timestampSeconds={node.timestampSeconds}
          format={node.format}
          url={node.url}
          fallback={node.fallback}
          openLink={openLink}
        />
      )
    case 'command':
      return node.label ?? `<!${node.command}>`
    default:
      return node satisfies never
  }
}

export const Emoji = ({ name, character }: { readonly name: string; readonly character: string }) => (
  <span role="img" aria-label={name.replaceAll('_', ' ')} title={`:${name}:`}>
    {character}
  </span>
)
