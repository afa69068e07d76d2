-- Finding the loops in a graph of control, after Paul Havlak: nested and irreducible
-- ones, in a graph that looks like that of a program.
local Havlak = { inner = 150 }

local function kind()
    local k = {}
    k.__index = k
    return k
end

-- A set that remembers the order in which things came.
local Set = kind()
local function set() return setmetatable({ items = {}, has = {} }, Set) end
function Set:add(x)
    if not self.has[x] then
        self.has[x] = true
        self.items[#self.items + 1] = x
    end
end

local Graph = kind()
local function graph() return setmetatable({ blocks = {}, count = 0 }, Graph) end

function Graph:blockAt(i)
    local b = self.blocks[i]
    if not b then
        b = { number = i, order = 0, inEdges = {}, outEdges = {} }
        self.blocks[i] = b
        self.count = self.count + 1
        if self.count == 1 then self.start = b end
    end
    return b
end

function Graph:connect(a, b)
    local source, target = self:blockAt(a), self:blockAt(b)
    source.outEdges[#source.outEdges + 1] = target
    target.inEdges[#target.inEdges + 1] = source
end

function Graph:diamond(n)
    self:connect(n, n + 1)
    self:connect(n, n + 2)
    self:connect(n + 1, n + 3)
    self:connect(n + 2, n + 3)
    return n + 3
end

function Graph:straight(n)
    self:connect(n, n + 1)
    return n + 1
end

function Graph:baseLoop(n)
    local header = self:straight(n)
    local one = self:diamond(header)
    local inner = self:straight(one)
    local two = self:diamond(inner)
    local footer = self:straight(two)
    self:connect(two, inner)
    self:connect(one, header)
    self:connect(footer, n)
    return self:straight(footer)
end

function Graph:simple()
    self:blockAt(0)
    self:baseLoop(0)
    self:blockAt(1)
    self:connect(0, 2)
end

function Graph:nests(outer, middle, innermost)
    local n = 2
    for _ = 1, outer do
        self:blockAt(n + 1)
        self:connect(2, n + 1)
        n = n + 1
        for _ = 1, middle do
            local top = n
            n = self:straight(n)
            for _ = 1, innermost do n = self:baseLoop(n) end
            local bottom = self:straight(n)
            self:connect(n, top)
            n = bottom
        end
        self:connect(n, 1)
    end
end

local Loop = kind()
local function newLoop(header, reducible)
    local l = setmetatable({
        header = header, reducible = reducible, blocks = set(), children = {}, depth = 0, nesting = 0,
    }, Loop)
    if header then l.blocks:add(header) end
    return l
end

function Loop:inside(l)
    self.outer = l
    l.children[#l.children + 1] = self
end

function Loop:nestBelow(d)
    self.depth = d
    for _, c in ipairs(self.children) do
        c:nestBelow(d + 1)
        self.nesting = math.max(self.nesting, c.nesting + 1)
    end
end

local Forest = kind()
local function forest() return setmetatable({ loops = { newLoop(nil, false) } }, Forest) end

function Forest:newLoop(header, reducible)
    local l = newLoop(header, reducible)
    self.loops[#self.loops + 1] = l
    return l
end

function Forest:nest()
    local root = self.loops[1]
    for _, l in ipairs(self.loops) do
        if l ~= root and not l.outer then l:inside(root) end
    end
    root:nestBelow(0)
end

local Node = kind()
local function newNode(block, number)
    local n = setmetatable({ block = block, number = number }, Node)
    n.up = n
    return n
end

function Node:representative()
    local node, path = self, {}
    while node ~= node.up do
        if node.up ~= node.up.up then path[#path + 1] = node end
        node = node.up
    end
    for _, n in ipairs(path) do n.up = node.up end
    return node.up
end

local Finder = kind()

local function find(g, f)
    local size = g.count
    local finder = setmetatable({
        graph = g, forest = f, nodes = {}, last = {}, headers = {}, kinds = {}, backward = {}, forward = {},
    }, Finder)
    for i = 0, size - 1 do
        finder.last[i], finder.headers[i], finder.kinds[i] = 0, 0, "plain"
        finder.backward[i], finder.forward[i] = {}, set()
    end
    for _, b in pairs(g.blocks) do b.order = -1 end
    finder:number(g.start, 0)
    for w = 0, size - 1 do finder:sortEdges(w) end
    for w = size - 1, 0, -1 do
        if finder.nodes[w] then finder:loopAt(w) end
    end
end

function Finder:number(block, n)
    self.nodes[n] = newNode(block, n)
    block.order = n
    local newest = n
    for _, b in ipairs(block.outEdges) do
        if b.order < 0 then newest = self:number(b, newest + 1) end
    end
    self.last[n] = newest
    return newest
end

function Finder:isBelow(v, w) return w <= v and v <= self.last[w] end

function Finder:sortEdges(w)
    local node = self.nodes[w]
    if not node then
        self.kinds[w] = "dead"
        return
    end
    for _, b in ipairs(node.block.inEdges) do
        local v = b.order
        if v >= 0 then
            if self:isBelow(v, w) then
                local back = self.backward[w]
                back[#back + 1] = v
            else
                self.forward[w]:add(v)
            end
        end
    end
end

function Finder:loopAt(w)
    local pool, work, first = {}, {}, 1
    for _, v in ipairs(self.backward[w]) do
        if v == w then
            self.kinds[w] = "self"
        else
            pool[#pool + 1] = self.nodes[v]:representative()
        end
    end
    for i, n in ipairs(pool) do work[i] = n end
    if #pool > 0 then self.kinds[w] = "reducible" end
    while first <= #work do
        local x = work[first]
        first = first + 1
        if #self.forward[x.number].items > 32768 then return end
        self:gather(w, x, pool, work)
    end
    if #pool > 0 or self.kinds[w] == "self" then
        local l = self.forest:newLoop(self.nodes[w].block, self.kinds[w] ~= "irreducible")
        self:enclose(pool, l, w)
    end
end

local function includes(pool, y)
    for i = 1, #pool do
        if pool[i] == y then return true end
    end
    return false
end

function Finder:gather(w, x, pool, work)
    for _, v in ipairs(self.forward[x.number].items) do
        local y = self.nodes[v]:representative()
        if not self:isBelow(y.number, w) then
            self.kinds[w] = "irreducible"
            self.forward[w]:add(y.number)
        elseif y.number ~= w and not includes(pool, y) then
            work[#work + 1] = y
            pool[#pool + 1] = y
        end
    end
end

function Finder:enclose(pool, l, w)
    local node = self.nodes[w]
    node.inner = l
    for _, n in ipairs(pool) do
        self.headers[n.number] = w
        n.up = node
        if n.inner then n.inner:inside(l) else l.blocks:add(n.block) end
    end
end

local expected = { [15000] = 46602, [1500] = 6102, [150] = 2052, [15] = 1647, [1] = 1605 }

function Havlak.iterate(n)
    local g, f = graph(), forest()
    g:simple()
    for _ = 1, n do find(g, f) end
    g:nests(10, 10, 5)
    find(g, f)
    for _ = 1, 50 do find(g, forest()) end
    f:nest()
    return #f.loops == expected[n] and g.count == 5213
end

return Havlak
