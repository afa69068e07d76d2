-- The towers of Hanoi with thirteen disks.
local Towers = { inner = 600 }
Towers.__index = Towers

function Towers:push(disk, pile)
    local top = self.piles[pile]
    if top and disk.size >= top.size then error("a big disk cannot lie on a small one") end
    disk.next = top
    self.piles[pile] = disk
end

function Towers:popFrom(pile)
    local top = self.piles[pile]
    if not top then error("there is no disk on this pile") end
    self.piles[pile] = top.next
    top.next = nil
    return top
end

function Towers:moveTop(from, to)
    self:push(self:popFrom(from), to)
    self.moves = self.moves + 1
end

function Towers:move(n, from, to)
    if n == 1 then
        self:moveTop(from, to)
    else
        local other = 3 - from - to
        self:move(n - 1, from, other)
        self:moveTop(from, to)
        self:move(n - 1, other, to)
    end
end

function Towers.run()
    local t = setmetatable({ piles = {}, moves = 0 }, Towers)
    for size = 13, 1, -1 do t:push({ size = size }, 0) end
    t:move(13, 0, 1)
    return t.moves
end

function Towers.verify(r) return r == 8191 end

return Towers
