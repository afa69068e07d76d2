-- Detecting collisions of aircraft: the space is cut into columns, and those that fly
-- through the same one are compared. After the CDx benchmark.
local Cd = { inner = 100 }

local function kind()
    local k = {}
    k.__index = k
    return k
end

local Vector = kind()
local function vector(x, y, z) return setmetatable({ x = x, y = y, z = z }, Vector) end
function Vector:plus(v) return vector(self.x + v.x, self.y + v.y, self.z + v.z) end
function Vector:minus(v) return vector(self.x - v.x, self.y - v.y, self.z - v.z) end
function Vector:times(n) return vector(self.x * n, self.y * n, self.z * n) end
function Vector:dot(v) return self.x * v.x + self.y * v.y + self.z * v.z end
function Vector:squaredMagnitude() return self:dot(self) end
function Vector:magnitude() return math.sqrt(self:squaredMagnitude()) end
function Vector:isInside()
    return 0.0 <= self.x and self.x <= 1000.0 and 0.0 <= self.y and self.y <= 1000.0
        and 0.0 <= self.z and self.z <= 10.0
end

local size = 2.0
local Column = kind()
local function column(x, y) return setmetatable({ x = x, y = y }, Column) end
function Column:isInside()
    return 0.0 <= self.x and self.x <= 1000.0 and 0.0 <= self.y and self.y <= 1000.0
end
function Column:compare(c)
    if self.x < c.x then return -1 end
    if self.x > c.x then return 1 end
    if self.y < c.y then return -1 end
    if self.y > c.y then return 1 end
    return 0
end
function Column:neighboursDo(f)
    local x, y = self.x, self.y
    f(column(x - size, y))
    f(column(x + size, y))
    f(column(x, y - size))
    f(column(x, y + size))
    f(column(x - size, y - size))
    f(column(x - size, y + size))
    f(column(x + size, y - size))
    f(column(x + size, y + size))
end

local Sign = kind()
function Sign:compare(s)
    if self.number < s.number then return -1 end
    return self.number > s.number and 1 or 0
end

local Node = kind()
function Node:successor()
    if self.right then
        local node = self.right
        while node.left do node = node.left end
        return node
    end
    local node, up = self, self.above
    while up and node == up.right do node, up = up, up.above end
    return up
end

local Tree = kind()
local function tree() return setmetatable({}, Tree) end

function Tree:get(k)
    local node = self.root
    while node do
        local c = k:compare(node.key)
        if c == 0 then return node.value end
        if c < 0 then node = node.left else node = node.right end
    end
end

function Tree:put(k, v)
    local above, node, c = nil, self.root, 0
    while node do
        above = node
        c = k:compare(node.key)
        if c == 0 then
            local old = node.value
            node.value = v
            return old
        end
        if c < 0 then node = node.left else node = node.right end
    end
    node = setmetatable({ key = k, value = v, above = above, red = true }, Node)
    if not above then
        self.root = node
    elseif c < 0 then
        above.left = node
    else
        above.right = node
    end
    self:balanceAt(node)
end

function Tree:each(f)
    local node = self.root
    if not node then return end
    while node.left do node = node.left end
    while node do
        f(node.value, node.key)
        node = node:successor()
    end
end

function Tree:copyOnly(f)
    local t = tree()
    self:each(function(v, k) if f(k) then t:put(k, v) end end)
    return t
end

function Tree:balanceAt(node)
    while node ~= self.root and node.above.red do
        local up = node.above
        if up == up.above.left then
            local uncle = up.above.right
            if uncle and uncle.red then
                node = self:recolour(up, uncle)
            else
                if node == up.right then
                    node = up
                    self:rotateLeft(node)
                end
                node.above.red = false
                node.above.above.red = true
                self:rotateRight(node.above.above)
            end
        else
            local uncle = up.above.left
            if uncle and uncle.red then
                node = self:recolour(up, uncle)
            else
                if node == up.left then
                    node = up
                    self:rotateRight(node)
                end
                node.above.red = false
                node.above.above.red = true
                self:rotateLeft(node.above.above)
            end
        end
    end
    self.root.red = false
end

function Tree:recolour(a, b)
    a.red, b.red, a.above.red = false, false, true
    return a.above
end

function Tree:rotateLeft(a)
    local b = a.right
    a.right = b.left
    if b.left then b.left.above = a end
    self:replace(a, b)
    b.left = a
    a.above = b
end

function Tree:rotateRight(a)
    local b = a.left
    a.left = b.right
    if b.right then b.right.above = a end
    self:replace(a, b)
    b.right = a
    a.above = b
end

function Tree:replace(a, b)
    b.above = a.above
    if not a.above then
        self.root = b
    elseif a == a.above.left then
        a.above.left = b
    else
        a.above.right = b
    end
end

local Motion = kind()
local function motion(sign, from, to) return setmetatable({ sign = sign, from = from, to = to }, Motion) end
function Motion:delta() return self.to:minus(self.from) end

local function overlaps(low, high)
    return low <= 1.0 and 1.0 <= high or low <= 0.0 and 0.0 <= high or 0.0 <= low and high <= 1.0
end

function Motion:meets(m)
    local v, w = self:delta(), m:delta()
    local a = w:minus(v):squaredMagnitude()
    if a == 0.0 then
        if m.from:minus(self.from):magnitude() <= 1.0 then
            return self.from:plus(m.from):times(0.5)
        end
        return nil
    end
    local b = 2.0 * self.from:minus(m.from):dot(v:minus(w))
    local c = m.from:minus(self.from):squaredMagnitude() - 1.0
    local d = b * b - 4.0 * a * c
    if d < 0.0 then return nil end
    local early, late = (-b - math.sqrt(d)) / (2.0 * a), (math.sqrt(d) - b) / (2.0 * a)
    if not (early <= late and overlaps(early, late)) then return nil end
    local t = early > 0.0 and early or 0.0
    local place = self.from:plus(v:times(t)):plus(m.from:plus(w:times(t))):times(0.5)
    return place:isInside() and place or nil
end

function Motion:isIn(c)
    if not c:isInside() then return false end
    local v = self:delta()
    local lowX, highX, lowY, highY
    if v.x == 0.0 then
        if not (c.x <= self.from.x + 0.5 and self.from.x - 0.5 <= c.x + size) then return false end
    else
        lowX, highX = (c.x - 0.5 - self.from.x) / v.x, (c.x + size + 0.5 - self.from.x) / v.x
        if v.x < 0.0 then lowX, highX = highX, lowX end
        if not overlaps(lowX, highX) then return false end
    end
    if v.y == 0.0 then
        if not (c.y <= self.from.y + 0.5 and self.from.y - 0.5 <= c.y + size) then return false end
    else
        lowY, highY = (c.y - 0.5 - self.from.y) / v.y, (c.y + size + 0.5 - self.from.y) / v.y
        if v.y < 0.0 then lowY, highY = highY, lowY end
        if not overlaps(lowY, highY) then return false end
    end
    return not lowX or not lowY or lowY <= highX and highX <= highY or lowY <= lowX and lowX <= highY
        or lowX <= lowY and highY <= highX
end

local Detector = kind()

function Detector:frame(crafts)
    local motions, seen = {}, tree()
    for _, c in ipairs(crafts) do
        local old = self.places:put(c.sign, c.place)
        seen:put(c.sign, true)
        motions[#motions + 1] = motion(c.sign, old or c.place, c.place)
    end
    self:forgetThoseNotIn(seen)
    local all = {}
    for _, near in ipairs(self:together(motions)) do
        for i = 1, #near do
            local one = near[i]
            for j = i + 1, #near do
                local place = one:meets(near[j])
                if place then all[#all + 1] = { one = one.sign, other = near[j].sign, place = place } end
            end
        end
    end
    return all
end

function Detector:forgetThoseNotIn(seen)
    local gone = false
    self.places:each(function(_, k) if not seen:get(k) then gone = true end end)
    if gone then self.places = self.places:copyOnly(function(k) return seen:get(k) ~= nil end) end
end

function Detector:together(motions)
    local columns, all = tree(), {}
    for _, m in ipairs(motions) do self:draw(m, self:columnOf(m.from), columns, tree()) end
    columns:each(function(near) if #near > 1 then all[#all + 1] = near end end)
    return all
end

local function corner(n)
    if n < 0.0 then return math.ceil(n) - 1 end
    return math.floor(n)
end

function Detector:columnOf(place)
    return column(corner(place.x / size) * size, corner(place.y / size) * size)
end

function Detector:draw(m, c, columns, seen)
    if not m:isIn(c) then return end
    if seen:put(c, true) then return end
    local near = columns:get(c)
    if not near then
        near = {}
        columns:put(c, near)
    end
    near[#near + 1] = m
    c:neighboursDo(function(n) self:draw(m, n, columns, seen) end)
end

local function frame(time, signs)
    local crafts = {}
    local function craft(sign, x, y) crafts[#crafts + 1] = { sign = sign, place = vector(x, y, 10.0) } end
    for i = 0, #signs - 1, 2 do
        craft(signs[i + 1], time, math.cos(time) * 2.0 + i * 3)
        craft(signs[i + 2], time, math.sin(time) * 2.0 + i * 3)
    end
    return crafts
end

local expected =
    { [1000] = 14484, [500] = 14484, [250] = 10830, [200] = 8655, [100] = 4305, [10] = 390, [2] = 42 }

function Cd.iterate(n)
    local signs, collisions = {}, 0
    for i = 1, n do signs[i] = setmetatable({ number = i - 1 }, Sign) end
    local detector = setmetatable({ places = tree() }, Detector)
    for i = 0, 199 do collisions = collisions + #detector:frame(frame(i / 10.0, signs)) end
    return collisions == expected[n]
end

return Cd
