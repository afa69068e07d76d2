-- Keeping constraints satisfied, one way after the other: the DeltaBlue algorithm of
-- Bjorn Freeman-Benson and John Maloney. A long chain of equalities, and many pairs
-- of variables that are projected on each other.
local DeltaBlue = { inner = 12000 }

local function kind(parent)
    local k = setmetatable({}, parent)
    k.__index = k
    return k
end

local Strength = kind()
local function strength(value) return setmetatable({ value = value }, Strength) end
function Strength:strongerThan(s) return self.value < s.value end
function Strength:weakerThan(s) return self.value > s.value end
function Strength:weakest(s) return self.value > s.value and self or s end

local required, preferred, strongDefault, default, weakest =
    strength(-800), strength(-400), strength(-200), strength(0), strength(10000)

local List = kind()
local function list() return setmetatable({ first = 1, last = 0 }, List) end
function List:add(x)
    self.last = self.last + 1
    self[self.last] = x
end
function List:isEmpty() return self.first > self.last end
function List:removeFirst()
    local x = self[self.first]
    self[self.first] = nil
    self.first = self.first + 1
    return x
end
function List:remove(x)
    for i = self.first, self.last do
        if self[i] == x then
            for j = i, self.last do self[j] = self[j + 1] end
            self.last = self.last - 1
            return
        end
    end
end
function List:each(f) for i = self.first, self.last do f(self[i]) end end

local Variable = kind()
local function variable(value)
    return setmetatable({ value = value, constraints = list(), mark = 0, walkStrength = weakest, stay = true }, Variable)
end
function Variable:addConstraint(c) self.constraints:add(c) end
function Variable:removeConstraint(c)
    self.constraints:remove(c)
    if self.determinedBy == c then self.determinedBy = nil end
end
function Variable:forget()
    self.determinedBy, self.walkStrength, self.stay = nil, weakest, true
end

local Constraint = kind()
function Constraint:add()
    self:addToGraph()
    self.planner:incrementalAdd(self)
    return self
end
function Constraint:destroy()
    if self:isSatisfied() then self.planner:incrementalRemove(self) end
    self:removeFromGraph()
end
function Constraint:addToGraph()
    self:variablesDo(function(v) v:addConstraint(self) end)
    self:markUnsatisfied()
end
function Constraint:removeFromGraph()
    self:variablesDo(function(v) v:removeConstraint(self) end)
    self:markUnsatisfied()
end
function Constraint:satisfy(mark)
    self:chooseMethod(mark)
    if not self:isSatisfied() then
        if self.strength == required then error("a required constraint cannot be satisfied") end
        return nil
    end
    self:inputsDo(function(v) v.mark = mark end)
    local out = self:output()
    local overridden = out.determinedBy
    if overridden then overridden:markUnsatisfied() end
    out.determinedBy = self
    if not self.planner:addPropagate(self, mark) then error("there is a cycle") end
    out.mark = mark
    return overridden
end
function Constraint:isInput() return false end
function Constraint:inputsKnown(mark)
    local known = true
    self:inputsDo(function(v)
        if not (v.mark == mark or v.stay or v.determinedBy == nil) then known = false end
    end)
    return known
end

local Plan = kind()
function Plan:add(c) self[#self + 1] = c end
function Plan:execute() for i = 1, #self do self[i]:execute() end end

local Planner = kind()
local function planner() return setmetatable({ currentMark = 1 }, Planner) end
function Planner:newMark()
    self.currentMark = self.currentMark + 1
    return self.currentMark
end
function Planner:incrementalAdd(c)
    local mark = self:newMark()
    local overridden = c:satisfy(mark)
    while overridden do overridden = overridden:satisfy(mark) end
end
function Planner:incrementalRemove(c)
    local out = c:output()
    c:markUnsatisfied()
    c:removeFromGraph()
    for _, u in ipairs(self:removePropagateFrom(out)) do self:incrementalAdd(u) end
end
function Planner:planFor(constraints)
    local sources = list()
    for _, c in ipairs(constraints) do
        if c:isInput() and c:isSatisfied() then sources:add(c) end
    end
    return self:planFrom(sources)
end
function Planner:planFrom(toDo)
    local mark, plan = self:newMark(), setmetatable({}, Plan)
    while not toDo:isEmpty() do
        local c = toDo:removeFirst()
        local out = c:output()
        if out.mark ~= mark and c:inputsKnown(mark) then
            plan:add(c)
            out.mark = mark
            self:consumersDo(out, function(d) toDo:add(d) end)
        end
    end
    return plan
end
function Planner:addPropagate(c, mark)
    local toDo = list()
    toDo:add(c)
    while not toDo:isEmpty() do
        local d = toDo:removeFirst()
        local out = d:output()
        if out.mark == mark then
            self:incrementalRemove(c)
            return false
        end
        d:recalculate()
        self:consumersDo(out, function(e) toDo:add(e) end)
    end
    return true
end
function Planner:removePropagateFrom(out)
    local unsatisfied, toDo = {}, list()
    out:forget()
    toDo:add(out)
    while not toDo:isEmpty() do
        local v = toDo:removeFirst()
        v.constraints:each(function(c)
            if not c:isSatisfied() then unsatisfied[#unsatisfied + 1] = c end
        end)
        self:consumersDo(v, function(c)
            c:recalculate()
            toDo:add(c:output())
        end)
    end
    table.sort(unsatisfied, function(a, b) return a.strength:strongerThan(b.strength) end)
    return unsatisfied
end
function Planner:consumersDo(v, f)
    local determining = v.determinedBy
    v.constraints:each(function(c)
        if c ~= determining and c:isSatisfied() then f(c) end
    end)
end

local Unary = kind(Constraint)
local function unary(k, v, s, p)
    return setmetatable({ out = v, strength = s, planner = p, satisfied = false }, k):add()
end
function Unary:variablesDo(f) f(self.out) end
function Unary:inputsDo() end
function Unary:output() return self.out end
function Unary:isSatisfied() return self.satisfied end
function Unary:markUnsatisfied() self.satisfied = false end
function Unary:chooseMethod(mark)
    self.satisfied = self.out.mark ~= mark and self.strength:strongerThan(self.out.walkStrength)
end
function Unary:recalculate()
    self.out.walkStrength = self.strength
    self.out.stay = not self:isInput()
    if self.out.stay then self:execute() end
end
function Unary:execute() end

local Stay = kind(Unary)
local Edit = kind(Unary)
function Edit:isInput() return true end

local Binary = kind(Constraint)
local function binary(k, a, b, s, p, scale, offset)
    return setmetatable({
        one = a, two = b, strength = s, planner = p, direction = 0, scale = scale, offset = offset,
    }, k):add()
end
function Binary:variablesDo(f)
    f(self.one)
    f(self.two)
end
function Binary:inputsDo(f) f(self:input()) end
function Binary:isSatisfied() return self.direction ~= 0 end
function Binary:markUnsatisfied() self.direction = 0 end
function Binary:input() return self.direction > 0 and self.one or self.two end
function Binary:output() return self.direction > 0 and self.two or self.one end
function Binary:forwardIf(x) self.direction = x and 1 or 0 end
function Binary:backwardIf(x) self.direction = x and -1 or 0 end
function Binary:chooseMethod(mark)
    local a, b, s = self.one, self.two, self.strength
    if a.mark == mark then
        return self:forwardIf(b.mark ~= mark and s:strongerThan(b.walkStrength))
    end
    if b.mark == mark then return self:backwardIf(s:strongerThan(a.walkStrength)) end
    if a.walkStrength:weakerThan(b.walkStrength) then
        self:backwardIf(s:strongerThan(a.walkStrength))
    else
        self:forwardIf(s:strongerThan(b.walkStrength))
    end
end
function Binary:staysSettled() return self:input().stay end
function Binary:recalculate()
    local out = self:output()
    out.walkStrength = self.strength:weakest(self:input().walkStrength)
    out.stay = self:staysSettled()
    if out.stay then self:execute() end
end

local Equal = kind(Binary)
function Equal:execute() self:output().value = self:input().value end

local Scale = kind(Binary)
function Scale:variablesDo(f)
    f(self.one)
    f(self.two)
    f(self.scale)
    f(self.offset)
end
function Scale:inputsDo(f)
    f(self:input())
    f(self.scale)
    f(self.offset)
end
function Scale:staysSettled()
    return self:input().stay and self.scale.stay and self.offset.stay
end
function Scale:execute()
    if self.direction > 0 then
        self.two.value = self.one.value * self.scale.value + self.offset.value
    else
        self.one.value = math.floor((self.two.value - self.offset.value) / self.scale.value)
    end
end

function Planner:change(v, newValue)
    local edit = unary(Edit, v, preferred, self)
    local plan = self:planFor({ edit })
    for _ = 1, 10 do
        v.value = newValue
        plan:execute()
    end
    edit:destroy()
end

local function chain(n)
    local p, variables = planner(), {}
    for i = 0, n do variables[i] = variable(0) end
    for i = 0, n - 1 do binary(Equal, variables[i], variables[i + 1], required, p) end
    unary(Stay, variables[n], strongDefault, p)
    local edit = unary(Edit, variables[0], preferred, p)
    local plan = p:planFor({ edit })
    for v = 0, 99 do
        variables[0].value = v
        plan:execute()
        if variables[n].value ~= v then error("the chain does not hold") end
    end
    edit:destroy()
end

local function check(targets, n, s, o)
    for i = 1, n do
        if targets[i].value ~= i * s + o then error("a projection is wrong") end
    end
end

local function projection(n)
    local p, scale, offset = planner(), variable(10), variable(1000)
    local source, target
    local targets = {}
    for i = 1, n do
        source, target = variable(i), variable(i)
        targets[i] = target
        unary(Stay, source, default, p)
        binary(Scale, source, target, required, p, scale, offset)
    end
    p:change(source, 17)
    if target.value ~= 1170 then error("forward projection is wrong") end
    p:change(target, 1050)
    if source.value ~= 5 then error("backward projection is wrong") end
    p:change(scale, 5)
    check(targets, n - 1, 5, 1000)
    p:change(offset, 2000)
    check(targets, n - 1, 5, 2000)
end

function DeltaBlue.iterate(n)
    chain(n)
    projection(n)
    return true
end

return DeltaBlue
