/** Something the page cannot show. It says so where it would have been: nothing goes missing silently. */
export const Problem = ({ what, source }: { readonly what: string; readonly source: unknown }) => (
  <div className="bk-problem" role="note" data-problem={what}>
    <strong>This page cannot show {what}.</strong>
    <pre>{JSON.stringify(source, null, 2) ?? String(source)}</pre>
  </div>
)
