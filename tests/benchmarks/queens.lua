-- Eight queens, ten times.
local Queens = { inner = 1000 }
Queens.__index = Queens

local function filled(n, x)
    local v = {}
    for i = 0, n - 1 do v[i] = x end
    return v
end

function Queens:isFree(row, column)
    return self.freeRows[row] and self.freeMaxs[column + row] and self.freeMins[column - row + 7]
end

function Queens:mark(row, column, free)
    self.freeRows[row] = free
    self.freeMaxs[column + row] = free
    self.freeMins[column - row + 7] = free
end

function Queens:placeIn(column)
    for row = 0, 7 do
        if self:isFree(row, column) then
            self.queenRows[row] = column
            self:mark(row, column, false)
            if column == 7 then return true end
            if self:placeIn(column + 1) then return true end
            self:mark(row, column, true)
        end
    end
    return false
end

function Queens:solve()
    self.freeRows = filled(8, true)
    self.freeMaxs = filled(16, true)
    self.freeMins = filled(16, true)
    self.queenRows = filled(8, -1)
    return self:placeIn(0)
end

function Queens.run()
    local q = setmetatable({}, Queens)
    local result = true
    for _ = 1, 10 do result = result and q:solve() end
    return result
end

function Queens.verify(r) return r end

return Queens
