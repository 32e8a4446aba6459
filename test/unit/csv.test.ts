import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine, parseCsv } from '../../src/commands/csv.ts'

const cells = (text: string) => parseCsv(text)?.map((record) => record.cells)

describe('a CSV file', () => {
  it('comes back as it was written, whatever stands in it', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', "'", '=', '+', '-', '@', '\t', ';', 'a') }),
    )
    const row = fc.array(cell, { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        // The first line says with its comma what separates.
        const text = [['head', 'line'], ...rows].map(csvLine).join('')
        expect(cells(text)).toEqual([['head', 'line'], ...rows])
      }),
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', "'=1"])('is no formula to a spreadsheet: %j', (text) => {
    expect(csvLine([text])).toMatch(/^"?'/)
  })

  it('may be written by a spreadsheet: with a mark at its beginning, semicolons, and other ends of lines', () => {
    expect(cells('\ufeffa;b\n1;"x;y"\r\n\n2;3')).toEqual([
      ['a', 'b'],
      ['1', 'x;y'],
      ['2', '3'],
    ])
  })

  it('counts lines as an editor does, and says where a quotation is not closed', () => {
    expect(parseCsv('a,b\r\n"1\n2",3\r\nx,y')?.map(({ line }) => line)).toEqual([1, 2, 4])
    expect(parseCsv('a,b\n"1,2')).toBeNull()
  })
})
