// The planner's own candidates, pasted or from a file: one place a line. Headings are known in Chinese and English;
// without them the columns are longitude, latitude, name, cost, capacity.
import type { Listed } from '../../api/siting'

type Column = 'lon' | 'lat' | 'name' | 'cost' | 'capacity'
export type ReadList = { list: Listed[]; bad: { line: number; found: string }[] }

const usual: readonly Column[] = ['lon', 'lat', 'name', 'cost', 'capacity']
const headings: Record<Column, readonly string[]> = {
  lon: ['lon', 'lng', 'longitude', 'x', '经度'],
  lat: ['lat', 'latitude', 'y', '纬度'],
  name: ['name', '名称', '地点', '名字'],
  cost: ['cost', '费用', '造价', '成本'],
  capacity: ['capacity', '容量', '座位', '容纳'],
}

export function readList(text: string): ReadList {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const first = lines.findIndex((line) => line.trim() !== '')
  const head = first < 0 ? null : columnsOf(cells(lines[first] ?? ''))
  const columns = head ?? usual
  const found: ReadList = { list: [], bad: [] }
  lines.forEach((line, i) => {
    if (line.trim() === '' || (head && i === first)) return
    const place = readPlace(cells(line), columns)
    if (place) found.list.push(place)
    else found.bad.push({ line: i + 1, found: line.trim().slice(0, 60) })
  })
  return found
}

function columnsOf(names: readonly string[]): (Column | null)[] | null {
  const columns = names.map((name) => {
    const plain = name.toLowerCase()
    return usual.find((column) => headings[column].includes(plain)) ?? null
  })
  return columns.includes('lon') && columns.includes('lat') ? columns : null
}

function readPlace(parts: readonly string[], columns: readonly (Column | null)[]): Listed | null {
  const cell = (column: Column): string => parts[columns.indexOf(column)] ?? ''
  const [lon, lat] = [number(cell('lon')), number(cell('lat'))]
  if (lon === null || lat === null || Math.abs(lon) > 180 || Math.abs(lat) > 85) return null
  const [name, cost, capacity] = [cell('name'), cell('cost'), cell('capacity')]
  const [money, room] = [number(cost), number(capacity)]
  if ((cost !== '' && (money === null || money < 0)) || (capacity !== '' && (room === null || room < 0))) return null
  return {
    lon,
    lat,
    ...(name ? { name: name.slice(0, 200) } : {}),
    ...(money === null ? {} : { cost: Math.round(money) }),
    ...(room === null ? {} : { capacity: Math.round(room) }),
  }
}

function number(text: string): number | null {
  return /^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : null
}

/** The cells of a line: separated by a tab, a comma (also the Chinese one) or a semicolon, quoted where they contain one. */
function cells(line: string): string[] {
  const by = line.includes('\t') ? /\t/ : /[,，;；]/
  const out: string[] = []
  let [cell, quoted] = ['', false]
  for (let i = 0; i < line.length; i++) {
    const letter = line[i] ?? ''
    if (quoted && letter === '"' && line[i + 1] === '"') {
      cell += '"'
      i++
    } else if (letter === '"') quoted = !quoted
    else if (!quoted && by.test(letter)) {
      out.push(cell.trim())
      cell = ''
    } else cell += letter
  }
  return [...out, cell.trim()]
}
