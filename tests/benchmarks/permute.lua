-- All permutations of six elements, by exchanges.
local Permute = { inner = 1000 }
Permute.__index = Permute

function Permute:swap(i, j)
    local e = self.elements
    e[i], e[j] = e[j], e[i]
end

function Permute:permute(n)
    self.count = self.count + 1
    if n ~= 0 then
        local last = n - 1
        self:permute(last)
        for i = last, 0, -1 do
            self:swap(last, i)
            self:permute(last)
            self:swap(last, i)
        end
    end
end

function Permute.run()
    local p = setmetatable({ count = 0, elements = {} }, Permute)
    for i = 0, 5 do p.elements[i] = i end
    p:permute(6)
    return p.count
end

function Permute.verify(r) return r == 8660 end

return Permute
