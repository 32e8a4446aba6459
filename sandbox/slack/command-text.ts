import type { People } from './people.ts'

/**
 * The text of a command as an app with `should_escape: true` gets it: `@ann` and `<@U0ANN>` become
 * `<@U0ANN|ann>`, `#support` becomes `<#C0SUPPORT|support>`, and `& < >` outside of such marks are escaped.
 * Other marks (`<mailto:…>`, `<tel:…>`, `<!subteam^…>`) pass as they are typed.
 */
export const escapeCommandText = (text: string, people: People): string => {
  const mention = (id: string, otherwise: string) => {
    const user = people.user(id)
    return user === null ? otherwise : `<@${user.id}|${user.name}>`
  }
  const plain = (part: string) =>
    part
      .replace(/&(?!amp;|lt;|gt;)/g, '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/(^|\s)@([\w.-]+)/g, (whole, before: string, name: string) => {
        const marked = mention(name, '')
        return marked === '' ? whole : before + marked
      })
      .replace(/(^|\s)#([\w-]+)/g, (whole, before: string, name: string) => {
        const channel = people.channel(name)
        return channel === null ? whole : `${before}<#${channel.id}|${channel.name}>`
      })
  return text
    .split(/(<(?:@|#|!|https?:|mailto:|tel:)[^<>]*>)/)
    .map((part, index) => {
      if (index % 2 === 0) return plain(part)
      const id = /^<@([^|>]+)>$/.exec(part)?.[1]
      return id === undefined ? part : mention(id, part)
    })
    .join('')
}
